import Bytes

/// Walks the cells of a row of CSV (RFC 4180): cells in quotes may hold separators, line feeds and doubled quotes.
struct DelimitedRow {
    enum Cell {
        /// Stands in the input as it is.
        case range(Range<Int>)
        /// Had doubled quotes, or something behind its closing quote.
        case text([UInt8])
    }

    enum Step {
        case cell(Cell, isLast: Bool)
        /// The row goes on behind the input.
        case unfinished
        /// The input ends inside of quotes.
        case unclosedQuote
    }

    let separator: UInt8
    private(set) var position: Int

    init(separator: UInt8, at position: Int) {
        self.separator = separator
        self.position = position
    }

    /// The next cell; behind the last one `position` is at the next row.
    @inline(__always)
    mutating func next(_ input: Span<UInt8>, isLast: Bool) -> Step {
        let start = position
        if start < input.count, unsafe input[unchecked: start] == Byte.quote { return quoted(input, isLast) }
        var index = start
        while index < input.count {
            let byte = unsafe input[unchecked: index]
            if byte == separator {
                position = index &+ 1
                return .cell(.range(start..<index), isLast: false)
            }
            if byte == Byte.lineFeed {
                position = index &+ 1
                let end = input.byte(at: index &- 1) == Byte.carriageReturn && index > start ? index &- 1 : index
                return .cell(.range(start..<end), isLast: true)
            }
            index &+= 1
        }
        guard isLast else { return .unfinished }
        position = input.count
        let end = index > start && input[index - 1] == Byte.carriageReturn ? index - 1 : index
        return .cell(.range(start..<end), isLast: true)
    }

    private mutating func quoted(_ input: Span<UInt8>, _ isLast: Bool) -> Step {
        let start = position + 1
        var index = start
        var text: [UInt8]?
        var pieceStart = start
        while true {
            guard let quote = input.firstIndex(of: Byte.quote, from: index) else {
                return isLast ? .unclosedQuote : .unfinished
            }
            // Whether it is doubled the next byte says.
            guard quote + 1 < input.count || isLast else { return .unfinished }
            if input.byte(at: quote + 1) == Byte.quote, quote + 1 < input.count {
                text = (text ?? []) + input.array(pieceStart..<quote + 1)
                index = quote + 2
                pieceStart = index
                continue
            }
            return close(input, pieceStart..<quote, text, isLast)
        }
    }

    /// Ends a cell whose closing quote stands behind `piece`.
    private mutating func close(_ input: Span<UInt8>, _ piece: Range<Int>, _ text: [UInt8]?, _ isLast: Bool) -> Step {
        let restStart = piece.upperBound + 1
        var index = restStart
        while index < input.count, input[index] != separator, input[index] != Byte.lineFeed { index += 1 }
        if index == input.count, !isLast { return .unfinished }
        let isLastCell = index == input.count || input[index] == Byte.lineFeed
        var end = index
        if isLastCell, end > restStart, input[end - 1] == Byte.carriageReturn { end -= 1 }
        position = min(index + 1, input.count)
        if text == nil, end == restStart { return .cell(.range(piece), isLast: isLastCell) }
        return .cell(.text((text ?? []) + input.array(piece) + input.array(restStart..<end)), isLast: isLastCell)
    }
}

import Bytes

/// Finds the records of JSON input: objects one after another, elements of arrays, and, where the format says so,
/// elements of the arrays under certain keys of an envelope.
///
///     {"a":1} {"a":2}       [{"a":1},{"a":2}]       {"Records":[{"a":1},{"a":2}],"more":0}
///
/// Commas are passed over wherever they stand. Behind broken brackets it goes on at the next line that begins with `{`.
struct JSONFramer {
    enum Place: UInt8 {
        case top, array, envelope, container
    }

    enum Frame {
        /// An object. `container` is the number of the key that it stands under.
        case record(Range<Int>, container: Int)
        case fault(LineError.Reason, Range<Int>)
    }

    /// The keys whose arrays hold the records; none when every object is a record.
    private let containers: [[UInt8]]
    private var place = Place.top
    /// Arrays that are open around envelopes or records.
    private var arrayDepth = 0
    private var container = 0

    init(containers: [StaticString]) {
        self.containers = containers.map {
            unsafe Array(UnsafeBufferPointer(start: $0.utf8Start, count: $0.utf8CodeUnitCount))
        }
    }

    var state: [UInt8] {
        get {
            place == .top && arrayDepth == 0
                ? [] : [place.rawValue, UInt8(truncatingIfNeeded: arrayDepth), UInt8(truncatingIfNeeded: container)]
        }
        set {
            guard newValue.count == 3, let place = Place(rawValue: newValue[0]) else { return }
            self.place = place
            arrayDepth = Int(newValue[1])
            container = Int(newValue[2])
        }
    }

    /// The next record or fault at or behind `position`, which moves behind it; nil when there is no whole one.
    mutating func next(_ input: Span<UInt8>, _ position: inout Int, isLast: Bool) -> Frame? {
        while true {
            passSeparators(input, &position)
            guard position < input.count else { return isLast ? unclosed(position) : nil }
            let start = position
            let byte = input[start]
            switch (place, byte) {
            case (.top, Byte.openBracket):
                place = .array
                arrayDepth = 1
                position += 1
            case (.array, Byte.openBracket) where arrayDepth < 255:
                arrayDepth += 1
                position += 1
            case (.array, Byte.closeBracket):
                arrayDepth -= 1
                position += 1
                if arrayDepth == 0 { place = .top }
            case (.container, Byte.closeBracket):
                place = .envelope
                position += 1
            case (.top, Byte.openBrace), (.array, Byte.openBrace):
                if containers.isEmpty { return record(input, &position, isLast) }
                let result = openEnvelope(input, &position, isLast)
                if result.isNothing { return nil }
                if let frame = result.frame { return frame }
            case (.container, Byte.openBrace): return record(input, &position, isLast)
            case (.envelope, Byte.closeBrace):
                place = arrayDepth > 0 ? .array : .top
                position += 1
            case (.envelope, _):
                let result = passMember(input, &position, isLast)
                if result.isNothing { return nil }
                if let frame = result.frame { return frame }
            default: return strayValue(input, &position, isLast)
            }
        }
    }

    private struct Step {
        /// The input ends too early.
        var isNothing = false
        var frame: Frame?
    }

    private func passSeparators(_ input: Span<UInt8>, _ position: inout Int) {
        while position < input.count {
            let byte = unsafe input[unchecked: position]
            // 0x1E begins each value of a JSON text sequence.
            guard Byte.isWhite(byte) || byte == Byte.comma || byte == 0x1E else { return }
            position &+= 1
        }
    }

    private mutating func unclosed(_ position: Int) -> Frame? {
        guard place != .top else { return nil }
        place = .top
        arrayDepth = 0
        return .fault(.truncated, position..<position)
    }

    private mutating func record(_ input: Span<UInt8>, _ position: inout Int, _ isLast: Bool) -> Frame? {
        let start = position
        switch JSONScan.endOfValue(input, from: start, isLast: isLast) {
        case .end(let end):
            position = end
            return .record(start..<end, container: container)
        case .unfinished: return isLast ? rest(input, &position) : nil
        case .mismatch(let place, let reason): return broken(input, &position, behind: place, reason, isLast)
        }
    }

    /// A value where an object should stand.
    private mutating func strayValue(_ input: Span<UInt8>, _ position: inout Int, _ isLast: Bool) -> Frame? {
        let start = position
        switch JSONScan.endOfValue(input, from: start, isLast: isLast) {
        case .end(let end):
            if place == .top { return broken(input, &position, behind: start, .notAnObject, isLast) }
            position = end
            return .fault(.notAnObject, start..<end)
        case .unfinished: return isLast ? rest(input, &position) : nil
        case .mismatch(let place, let reason): return broken(input, &position, behind: place, reason, isLast)
        }
    }

    private mutating func rest(_ input: Span<UInt8>, _ position: inout Int) -> Frame {
        let start = position
        position = input.count
        place = .top
        arrayDepth = 0
        return .fault(.truncated, start..<input.count)
    }

    /// Passes everything up to the next line that begins with `{`.
    private func broken(
        _ input: Span<UInt8>, _ position: inout Int, behind place: Int, _ reason: LineError.Reason, _ isLast: Bool
    ) -> Frame? {
        let start = position
        var index = place
        while let lineFeed = input.firstIndex(of: Byte.lineFeed, from: index) {
            index = lineFeed + 1
            var first = index
            while first < input.count, Byte.isBlank(input[first]) || input[first] == Byte.comma { first += 1 }
            if first == input.count { break }
            if input[first] == Byte.openBrace {
                position = first
                return .fault(reason, start..<lineFeed)
            }
        }
        guard isLast else { return nil }
        position = input.count
        return .fault(reason, start..<input.count)
    }

    /// Goes into an object as far as its first container. Nothing is used up before that is found.
    private mutating func openEnvelope(_ input: Span<UInt8>, _ position: inout Int, _ isLast: Bool) -> Step {
        let start = position
        let outerPlace = place
        var inner = start + 1
        place = .envelope
        while true {
            passSeparators(input, &inner)
            guard inner < input.count else { break }
            if input[inner] == Byte.closeBrace {
                place = outerPlace
                position = inner + 1
                return Step(frame: .fault(.otherFormat, start..<inner + 1))
            }
            let step = passMember(input, &inner, isLast)
            if place == .container {
                position = inner
                return Step()
            }
            if step.isNothing { break }
            if step.frame != nil {
                place = outerPlace
                position = start
                let frame = broken(input, &position, behind: start, .expectedKey, isLast)
                return Step(isNothing: frame == nil, frame: frame)
            }
        }
        place = outerPlace
        return isLast ? Step(frame: rest(input, &position)) : Step(isNothing: true)
    }

    /// Passes a member of an envelope, or goes into it when it is a container.
    private mutating func passMember(_ input: Span<UInt8>, _ position: inout Int, _ isLast: Bool) -> Step {
        let start = position
        func unfinished(_ framer: inout JSONFramer) -> Step {
            isLast ? Step(frame: framer.rest(input, &position)) : Step(isNothing: true)
        }
        guard input[start] == Byte.quote else {
            let frame = broken(input, &position, behind: start, .expectedKey, isLast)
            return Step(isNothing: frame == nil, frame: frame)
        }
        guard let keyEnd = JSONScan.endOfString(input, from: start) else { return unfinished(&self) }
        var value = JSONScan.afterWhite(input, from: keyEnd)
        guard value < input.count else { return unfinished(&self) }
        guard input[value] == Byte.colon else {
            let frame = broken(input, &position, behind: start, .expectedColon, isLast)
            return Step(isNothing: frame == nil, frame: frame)
        }
        value = JSONScan.afterWhite(input, from: value + 1)
        guard value < input.count else { return unfinished(&self) }
        if input[value] == Byte.openBracket, let number = containerNumber(input, start + 1..<keyEnd - 1) {
            place = .container
            container = number
            position = value + 1
            return Step()
        }
        switch JSONScan.endOfValue(input, from: value, isLast: isLast) {
        case .end(let end):
            position = end
            return Step()
        case .unfinished: return unfinished(&self)
        case .mismatch(let place, let reason):
            let frame = broken(input, &position, behind: place, reason, isLast)
            return Step(isNothing: frame == nil, frame: frame)
        }
    }

    private func containerNumber(_ input: Span<UInt8>, _ key: Range<Int>) -> Int? {
        containers.firstIndex { name in
            name.count == key.count && name.indices.allSatisfy { name[$0] == input[key.lowerBound + $0] }
        }
    }
}

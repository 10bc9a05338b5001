import Bytes
import Columns

/// The texts of some values of a batch, column after column, as JSON shows them (Format/Segment.md, 6).
@safe
struct ValueTexts: ~Copyable {
    private(set) var text = TextBuffer()
    /// Where each text ends.
    private(set) var ends: [Int] = []
    private var timestamps = TimestampRenderer()

    private static let numberByteCount = 40 + renderingSlackByteCount

    mutating func removeAll() {
        text.removeAll()
        ends.removeAll(keepingCapacity: true)
    }

    /// Appends the texts of the values in a range of a column.
    mutating func append(_ column: RowBatch.Column, _ range: Range<Int>) throws(DecodeError) {
        switch column.values {
        case .presence: break
        case .integers(let values): appendIntegers(values, range, column.key.type)
        case .doubles(let values): appendDoubles(values, range)
        case .strings(let values): appendStrings(values, range, column.key.type)
        case .codedStrings(let dictionary, let codes): appendStrings(dictionary, codes, range, column.key.type)
        case .timestamps(let values, let forms): try appendTimestamps(values, forms, range)
        case .fixed(let bytes, let width): appendIdentifiers(bytes, width: width, range, column.key.type)
        }
    }

    @inline(__always)
    private mutating func take(_ byteCount: Int) {
        text.advance(byteCount)
        ends.append(text.count)
    }

    private mutating func appendIntegers(_ values: [UInt64], _ range: Range<Int>, _ type: ColumnType) {
        for value in values[range] {
            let output = unsafe text.room(Self.numberByteCount)
            switch type {
            case .bool:
                let word: StaticString = value == 0 ? "false" : "true"
                unsafe output.update(from: word.utf8Start, count: word.utf8CodeUnitCount)
                take(word.utf8CodeUnitCount)
            case .uint64: take(unsafe DecimalText.render(padded: value, digits: 1, at: output))
            default: take(unsafe DecimalText.render(signed: Int64(bitPattern: value), at: output))
            }
        }
    }

    private mutating func appendDoubles(_ values: [Double], _ range: Range<Int>) {
        for value in values[range] {
            let output = unsafe text.room(Self.numberByteCount)
            if value.isFinite {
                take(unsafe NumberText.render(value, at: output))
            } else {
                let word: StaticString = "null"
                unsafe output.update(from: word.utf8Start, count: word.utf8CodeUnitCount)
                take(word.utf8CodeUnitCount)
            }
        }
    }

    private mutating func appendTimestamps(
        _ values: [UInt64], _ forms: [UInt64], _ range: Range<Int>
    ) throws(DecodeError) {
        for index in range {
            let output = unsafe text.room(TimestampText.maximumByteCount + 2 + renderingSlackByteCount)
            unsafe output[0] = UInt8(ascii: "\"")
            guard let byteCount = unsafe timestamps.render(values[index], form: forms[index], at: output + 1) else {
                throw .corrupt(at: 0, "form code \(forms[index]) cannot show the timestamp \(values[index])")
            }
            unsafe output[byteCount + 1] = UInt8(ascii: "\"")
            take(byteCount + 2)
        }
    }

    private mutating func appendIdentifiers(_ bytes: [UInt8], width: Int, _ range: Range<Int>, _ type: ColumnType) {
        let isUpper = type == .id8Upper || type == .id16Upper || type == .uuidUpper
        let isUUID = type == .uuidLower || type == .uuidUpper
        unsafe bytes.withUnsafeBytes { bytes in
            for index in range {
                let output = unsafe text.room(IdentifierText.maximumByteCount + 2 + renderingSlackByteCount)
                unsafe output[0] = UInt8(ascii: "\"")
                let first = unsafe bytes.loadUnaligned(fromByteOffset: index &* width, as: UInt64.self)
                var byteCount = 16
                if width == 8 {
                    unsafe IdentifierText.renderWord(UInt64(littleEndian: first), isUpper: isUpper, at: output + 1)
                } else {
                    let second = unsafe bytes.loadUnaligned(fromByteOffset: index &* width &+ 8, as: UInt64.self)
                    let (high, low) = (UInt64(littleEndian: first), UInt64(littleEndian: second))
                    if isUUID {
                        unsafe IdentifierText.renderUUID(high, low, isUpper: isUpper, at: output + 1)
                        byteCount = 36
                    } else {
                        unsafe IdentifierText.renderWord(high, isUpper: isUpper, at: output + 1)
                        unsafe IdentifierText.renderWord(low, isUpper: isUpper, at: output + 17)
                        byteCount = 32
                    }
                }
                unsafe output[byteCount + 1] = UInt8(ascii: "\"")
                take(byteCount + 2)
            }
        }
    }

    private mutating func appendStrings(_ values: StringVector, _ range: Range<Int>, _ type: ColumnType) {
        unsafe values.bytes.withUnsafeBufferPointer { bytes in
            for index in range { unsafe appendString(bytes, values.range(index), type) }
        }
    }

    private mutating func appendStrings(
        _ dictionary: StringVector, _ codes: [UInt32], _ range: Range<Int>, _ type: ColumnType
    ) {
        unsafe dictionary.bytes.withUnsafeBufferPointer { bytes in
            for code in codes[range] { unsafe appendString(bytes, dictionary.range(Int(code)), type) }
        }
    }

    @inline(__always)
    private mutating func appendString(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ type: ColumnType) {
        let value = unsafe UnsafeBufferPointer(rebasing: bytes[range])
        switch type {
        case .string:
            take(unsafe JSONText.render(value, at: text.room(JSONText.maximumByteCount(value.count))))
        case .bytes:
            take(unsafe Base64Text.render(value, at: text.room(Base64Text.maximumByteCount(value.count))))
        default:
            let output = unsafe text.room(value.count)
            if let start = value.baseAddress { unsafe output.update(from: start, count: value.count) }
            take(value.count)
        }
    }
}

extension IdentifierText {
    /// The byte count of the text of an id of this type; nil for other types.
    public static func byteCount(_ type: ColumnType) -> Int? {
        switch type {
        case .id8Lower, .id8Upper: 16
        case .id16Lower, .id16Upper: 32
        case .uuidLower, .uuidUpper: 36
        default: nil
        }
    }

    /// Appends the text of an id; nothing when the type is not one of an id.
    public static func append(_ value: Value, to bytes: inout [UInt8]) {
        unsafe appendRendering(to: &bytes) { output in
            let isUpper = value.type == .id8Upper || value.type == .id16Upper || value.type == .uuidUpper
            switch value.type {
            case .id8Lower, .id8Upper:
                unsafe renderWord(value.first, isUpper: isUpper, at: output)
            case .id16Lower, .id16Upper:
                unsafe renderWord(value.first, isUpper: isUpper, at: output)
                unsafe renderWord(value.second, isUpper: isUpper, at: output + 16)
            case .uuidLower, .uuidUpper:
                unsafe renderUUID(value.first, value.second, isUpper: isUpper, at: output)
            default:
                return 0
            }
            return byteCount(value.type) ?? 0
        }
    }

    /// Writes the 16 digits of eight bytes.
    @inline(__always)
    package static func renderWord(_ word: UInt64, isUpper: Bool, at output: UnsafeMutablePointer<UInt8>) {
        let raw = UnsafeMutableRawPointer(output)
        unsafe raw.storeBytes(of: digits(word, isUpper: isUpper), as: UInt64.self)
        unsafe raw.storeBytes(of: digits(word &>> 32, isUpper: isUpper), toByteOffset: 8, as: UInt64.self)
    }

    /// Writes the 36 bytes of a UUID.
    @inline(__always)
    package static func renderUUID(
        _ first: UInt64, _ second: UInt64, isUpper: Bool, at output: UnsafeMutablePointer<UInt8>
    ) {
        let raw = UnsafeMutableRawPointer(output)
        let groups = digits(first &>> 32, isUpper: isUpper)
        let node = digits(second, isUpper: isUpper)
        // Each store but the last covers the place of the dash behind it or more, so dashes come after.
        unsafe raw.storeBytes(of: digits(first, isUpper: isUpper), as: UInt64.self)
        unsafe raw.storeBytes(of: UInt32(truncatingIfNeeded: groups), toByteOffset: 9, as: UInt32.self)
        unsafe raw.storeBytes(of: UInt32(truncatingIfNeeded: groups &>> 32), toByteOffset: 14, as: UInt32.self)
        unsafe raw.storeBytes(of: UInt32(truncatingIfNeeded: node), toByteOffset: 19, as: UInt32.self)
        unsafe raw.storeBytes(of: UInt32(truncatingIfNeeded: node &>> 32), toByteOffset: 24, as: UInt32.self)
        unsafe raw.storeBytes(of: digits(second &>> 32, isUpper: isUpper), toByteOffset: 28, as: UInt64.self)
        let dash = UInt8(ascii: "-")
        unsafe output[8] = dash
        unsafe output[13] = dash
        unsafe output[18] = dash
        unsafe output[23] = dash
    }

    /// The eight digits of the four low bytes, of which the lowest comes first.
    @inline(__always)
    private static func digits(_ word: UInt64, isUpper: Bool) -> UInt64 {
        HexDigits.word(ofNumber: UInt32(truncatingIfNeeded: word).byteSwapped, isUpper: isUpper)
    }
}

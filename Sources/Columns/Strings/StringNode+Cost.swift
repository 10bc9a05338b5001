extension StringNode {
    /// What the node costs in bytes a value: its room, and the time it takes to decode at the profile's price.
    ///
    /// `length` is the average byte count of the values.
    func cost(count: Int, length: Double, profile: EncodingProfile) -> Double {
        Double(byteCount) / Double(max(count, 1)) + decodeNanoseconds(length) * profile.bytesPerDecodeNanosecond
    }

    /// About how long one value takes; measured on one machine, and only the relations matter.
    private func decodeNanoseconds(_ length: Double) -> Double {
        switch self {
        case .constant: 0.5 + 0.05 * length
        case .plain(_, let bytes): 1.5 + bytes.decodeNanosecondsPerByte * length
        case .fixedLength(_, let bytes): 0.5 + bytes.decodeNanosecondsPerByte * length
        case .sharedDictionary, .dictionary, .equal: 2.5 + 0.05 * length
        case .symbols(_, _, _, let encoded): 2 + (0.5 + encoded.decodeNanosecondsPerByte / 2) * length
        case .frontCoded(_, let suffixes): 4 + 0.05 * length + suffixes.decodeNanoseconds(length / 2)
        case .affix(_, _, let child): 1 + child.decodeNanoseconds(length)
        case .exceptions(_, _, _, let child): 1 + 0.05 * length + child.decodeNanoseconds(length)
        case .integerText, .hexNumberText: 5
        case .fixedPointText, .uuidText: 7
        case .ipv4Text: 9
        case .timestampText: 13
        case .hexText: 0.5 + 0.1 * length
        case .template: 10 + 0.1 * length
        case .grouped(_, let child): 4 + 0.05 * length + child.decodeNanoseconds(length)
        }
    }
}

extension StoredBuffer {
    fileprivate var decodeNanosecondsPerByte: Double {
        switch codec {
        case .none: 0.05
        case .lz4: 0.45
        case .zstd, .zstdWithDictionary: 1
        }
    }
}

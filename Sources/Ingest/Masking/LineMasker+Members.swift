import Bytes
import CSimdJSON
import Storage

/// Masking the members of one document.
extension LineMasker {
    /// An object that is open.
    private struct Level {
        var treatment: MaskTreatment
        var pathByteCount: Int
    }

    func maskMembers(
        _ document: traversion_json_document, _ hits: ArraySlice<Hit>, _ lines: UnsafeBufferPointer<UInt8>
    ) {
        guard let base = lines.baseAddress else { return }
        path.removeAll(keepingCapacity: true)
        var treatment = MaskTreatment.look
        var levels: [Level] = []
        var nextHit = hits.startIndex
        for index in unsafe 0..<document.member_count {
            let member = unsafe document.members + index
            let kind = unsafe Int(member.pointee.kind)
            if kind == traversion_json_object_end {
                let level = levels.removeLast()
                treatment = level.treatment
                if checksFields { path.removeLast(path.count - level.pathByteCount) }
                continue
            }
            let key = unsafe UnsafeBufferPointer(start: member.pointee.key, count: Int(member.pointee.key_length))
            let level = Level(treatment: treatment, pathByteCount: path.count)
            let ownTreatment = unsafe self.treatment(ofKey: key.span, within: treatment)
            if kind == traversion_json_object_start {
                levels.append(level)
                treatment = ownTreatment
                continue
            }
            let bytes = unsafe UnsafeBufferPointer(
                start: kind == traversion_json_empty_object ? nil : member.pointee.text,
                count: kind == traversion_json_empty_object ? 0 : Int(member.pointee.text_length))
            // Texts without escapes stand in the batch, where their clues are known.
            var range: Range<Int>?
            if let start = bytes.baseAddress, unsafe start >= base, unsafe start < base + lines.count {
                let offset = unsafe start - base
                while nextHit < hits.endIndex, hits[nextHit].end <= offset { nextHit += 1 }
                let first = nextHit
                while nextHit < hits.endIndex, hits[nextHit].end <= offset + bytes.count { nextHit += 1 }
                range = first..<nextHit
            }
            unsafe mask(member, kind, bytes, key, ownTreatment, range.map { hits[$0] }, base)
            if checksFields { path.removeLast(path.count - level.pathByteCount) }
        }
    }

    /// What is done with the value of a key, which is appended to the path.
    func treatment(ofKey key: Span<UInt8>, within outer: MaskTreatment) -> MaskTreatment {
        if checksFields {
            if !path.isEmpty { path.append(UInt8(ascii: ".")) }
            path += key.array(0..<key.count)
            if let mode = rules.mode(ofField: path) { return mode == .keep ? .keep : .field(mode) }
        }
        guard case .look = outer else { return outer }
        if checksKeys, let name = SecretName(in: key, endingAt: key.count), let mode = rules.rules.mode(name.kind) {
            return .named(name, mode)
        }
        return .look
    }

    /// Masks the value of one member. `hits` are those within its text, nil when they are not known.
    private func mask(
        _ member: UnsafeMutablePointer<traversion_json_member>, _ kind: Int, _ bytes: UnsafeBufferPointer<UInt8>,
        _ key: UnsafeBufferPointer<UInt8>, _ treatment: MaskTreatment, _ hits: ArraySlice<Hit>?,
        _ base: UnsafePointer<UInt8>
    ) {
        if case .keep = treatment { return }
        if case .field(.drop) = treatment {
            _ = text.replacement(of: [], .field, .drop)
            return unsafe Self.drop(member)
        }
        var isLook = false
        if case .look = treatment { isLook = true }
        if isLook, let hits, hits.isEmpty { return }
        let result: MaskedScalar
        switch kind {
        case traversion_json_string, traversion_json_int64, traversion_json_uint64, traversion_json_number:
            let start = unsafe bytes.baseAddress.map { unsafe $0 - base } ?? 0
            let known = hits.map { $0.map { (clue: clues[$0.clue], end: $0.end - start) } }
            result = unsafe masked(bytes.span, isText: kind == traversion_json_string, treatment, key: key.span, known)
        case traversion_json_true, traversion_json_false:
            guard case .field(let mode) = treatment else { return }
            result = .of(unsafe text.replacement(of: Array(bytes), .field, mode))
        case traversion_json_array:
            guard let array = unsafe maskedArray(bytes.span, treatment, key: Array(key)) else { return }
            unsafe member.pointee.text = unsafe arena.add(array)
            unsafe member.pointee.text_length = UInt32(array.count)
            return
        default: return
        }
        switch result {
        case .unchanged: return
        case .dropped: unsafe Self.drop(member)
        case .replaced(let bytes):
            unsafe member.pointee.kind = UInt32(traversion_json_string)
            unsafe member.pointee.text = unsafe arena.add(bytes)
            unsafe member.pointee.text_length = UInt32(bytes.count)
        }
    }

    private static func drop(_ member: UnsafeMutablePointer<traversion_json_member>) {
        unsafe member.pointee.kind = UInt32(droppedMember)
        unsafe member.pointee.integer = 1
    }
}

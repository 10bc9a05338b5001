import Bytes
import CSimdJSON

/// Of a document, the members that may tell when its event happened: all that must be looked at before it is promised
/// that the event is kept.
@safe
final class TimeMembers {
    /// The first keys of the paths that may hold a time, by their byte counts.
    private var keys: [[[UInt8]]] = []
    private var kept = unsafe [traversion_json_member]()

    init(_ mapping: FieldMapping) {
        for candidate in mapping.candidates[.timestamp] ?? [] {
            for path in [candidate.path, candidate.companion] {
                guard let key = path?.keys.first.map({ Array($0.utf8) }) else { continue }
                while keys.count <= key.count { keys.append([]) }
                if !keys[key.count].contains(key) { keys[key.count].append(key) }
            }
        }
    }

    /// Calls `body` with a document of these members alone, which may change it.
    func read<Result>(
        _ document: traversion_json_document, _ body: (UnsafeMutablePointer<traversion_json_document>) -> Result
    ) -> Result {
        unsafe kept.removeAll(keepingCapacity: true)
        var depth = 0
        var isKept = false
        var index = 0
        while unsafe index < document.member_count {
            let member = unsafe document.members[index]
            let kind = unsafe Int(member.kind)
            if kind == droppedMember {
                unsafe index += Int(member.integer)
                continue
            }
            index += 1
            if kind == traversion_json_object_end {
                depth -= 1
            } else {
                if depth == 0 { isKept = unsafe mayTellTime(member) }
                if kind == traversion_json_object_start { depth += 1 }
            }
            if isKept { unsafe kept.append(member) }
        }
        return unsafe kept.withUnsafeMutableBufferPointer { members in
            var reduced = unsafe document
            unsafe reduced.members = members.baseAddress
            unsafe reduced.member_count = members.count
            return unsafe withUnsafeMutablePointer(to: &reduced) { unsafe body($0) }
        }
    }

    private func mayTellTime(_ member: traversion_json_member) -> Bool {
        let byteCount = unsafe Int(member.key_length)
        guard byteCount < keys.count, !keys[byteCount].isEmpty else { return false }
        let key = unsafe UnsafeBufferPointer(start: member.key, count: byteCount).span
        return keys[byteCount].contains { candidate in
            key.indices.allSatisfy { candidate[$0] == key[$0] }
        }
    }
}

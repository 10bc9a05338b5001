import CSimdJSON

/// The kind of a member that a later one of the same key has replaced. Its `integer` is the number of members to pass,
/// those inside it included.
let droppedMember = 255

extension EventAppender {
    /// Drops each member behind which the same object has another of the same key: the last wins, whole objects
    /// included.
    ///
    /// An object that is dropped leaves its inner keys behind as earlier members; that they are dropped once more
    /// when a later object has them too does no harm.
    func dropReplacedMembers(_ document: traversion_json_document) {
        var openObjects: [Int] = []
        var ends = unsafe [Int](repeating: 0, count: document.member_count)
        var lastMembers: [UInt32: Int] = [:]
        for index in unsafe 0..<document.member_count {
            let member = unsafe document.members + index
            let kind = unsafe Int(member.pointee.kind)
            ends[index] = index + 1
            if kind == traversion_json_object_end {
                ends[openObjects.removeLast()] = index + 1
                continue
            }
            if let earlier = unsafe lastMembers.updateValue(index, forKey: member.pointee.path) {
                unsafe document.members[earlier].kind = UInt32(droppedMember)
                unsafe document.members[earlier].integer = Int64(ends[earlier] - earlier)
            }
            if kind == traversion_json_object_start { openObjects.append(index) }
        }
    }
}

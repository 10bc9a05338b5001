import CSimdJSON
import Columns
import Storage

/// Tells the type of an event by its members, before it is a row.
struct EventTypeFinder {
    /// The paths that may hold the type, keys joined by dots, the best first.
    private let paths: [[UInt8]]
    /// What the event must have besides, for each of them.
    private let companions: [[UInt8]?]

    init(_ mapping: FieldMapping) {
        let candidates = mapping.candidates[.eventType] ?? []
        paths = candidates.map { Self.joined($0.path) }
        companions = candidates.map { $0.companion.map(Self.joined) }
    }

    private static func joined(_ path: ColumnPath) -> [UInt8] { Array(path.keys.joined(separator: ".").utf8) }

    func find(_ document: traversion_json_document) -> String? {
        var found = [String?](repeating: nil, count: paths.count)
        var hasCompanion = companions.map { $0 == nil }
        var path: [UInt8] = []
        var levels: [Int] = []
        for index in unsafe 0..<document.member_count {
            let member = unsafe document.members + index
            let kind = unsafe Int(member.pointee.kind)
            if kind == traversion_json_object_end {
                path.removeLast(path.count - levels.removeLast())
                continue
            }
            let byteCount = path.count
            if !path.isEmpty { path.append(UInt8(ascii: ".")) }
            unsafe path += UnsafeBufferPointer(start: member.pointee.key, count: Int(member.pointee.key_length))
            if kind == traversion_json_object_start {
                levels.append(byteCount)
                continue
            }
            for candidate in paths.indices {
                if kind == traversion_json_string, paths[candidate] == path {
                    let text = unsafe UnsafeBufferPointer(
                        start: member.pointee.text, count: Int(member.pointee.text_length))
                    found[candidate] = unsafe String(decoding: text, as: UTF8.self)
                }
                if companions[candidate] == path { hasCompanion[candidate] = true }
            }
            path.removeLast(path.count - byteCount)
        }
        return paths.indices.lazy.filter { hasCompanion[$0] }.compactMap { found[$0] }.first
    }
}

extension FieldMapping {
    /// The last keys of the paths that may hold some fields.
    func names(of fields: [CanonicalField]) -> Set<[UInt8]> {
        Set(fields.flatMap { candidates[$0] ?? [] }.compactMap { $0.path.keys.last.map { Array($0.utf8) } })
    }
}

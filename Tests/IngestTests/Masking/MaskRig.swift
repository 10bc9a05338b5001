import Files
import Storage
import Testing

@testable import Ingest

/// Events that are taken into a store in memory with masking, and come back.
enum MaskRig {
    static let time = #""timestamp":"2024-01-15T00:00:00Z""#

    static func policy(_ text: String) throws -> MaskPolicy {
        var policy = MaskPolicy.secrets
        let mistake = policy.take(text)
        try #require(mistake == nil, "\(mistake ?? "")")
        return policy
    }

    /// The settings' `mask`.
    static func settings(_ text: String) throws -> MaskPolicy {
        try StoreConfig(Array("{\"mask\": \(text)}".utf8)).mask
    }

    struct Result {
        var events: [String] = []
        var counts: [MaskKind: Int] = [:]
        var rejects: [String] = []
    }

    /// What the store has of some lines.
    static func ingest(
        _ text: String, _ policy: MaskPolicy, chunkByteCount: Int = .max, key: String? = nil,
        format: InputFormat? = nil
    ) throws -> Result {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        if let key { files.put(Array((key + "\n").utf8), at: store.paths.maskingKey) }
        var options = StoreIngest.Options()
        options.mask = policy
        options.format = format
        let ingest = try StoreIngest(store, options: options) {
            BytesStream(Array(text.utf8), chunkByteCount: chunkByteCount)
        }
        try ingest.run()
        var result = Result()
        result.counts = ingest.summary.maskedCounts
        result.events = try Rig.export(store, byIngest: true)
        if let path = ingest.summary.rejectsPath {
            let text = String(decoding: try files.readAll(path), as: UTF8.self)
            result.rejects = text.split(separator: "\n").map(String.init)
        }
        return result
    }

    /// One event with these members, masked; its time is left out of what comes back.
    static func event(_ members: String, _ policy: MaskPolicy, key: String? = nil) throws -> String {
        let result = try ingest("{\(members),\(time)}\n", policy, key: key)
        let event = try #require(result.events.first)
        return event.replacing(",\(time)", with: "").replacing("\(time),", with: "").replacing(time, with: "")
    }

    /// A text as the value of a member, masked.
    static func text(_ text: String, _ kinds: String) throws -> String {
        let quoted = String(decoding: JSONText.quoted(text.utf8), as: UTF8.self)
        let event = try event("\"a\":\(quoted)", policy(kinds))
        let value = try #require(event.hasPrefix("{\"a\":\"") && event.hasSuffix("\"}") ? event : nil)
        return String(value.dropFirst(6).dropLast(2)).replacing("\\\"", with: "\"").replacing("\\n", with: "\n")
            .replacing("\\\\", with: "\\")
    }
}

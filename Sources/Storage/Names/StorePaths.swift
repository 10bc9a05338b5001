public import Columns
import Files

/// Where things lie in a store.
///
///     traversion.json                      settings
///     masking.key                          what hashes of masked values depend on; for its owner alone
///     manifests/00000000000000000042       what belongs to the store (Format/Store.md)
///     manifests/floor-00000000000000000040 nothing below this number may be read or written any more
///     hot|warm|cold/2024-01-15/7-3.trvseg  segments by tier and window
///     base/9-1.trvseg                      state that retention has kept of windows it removed
///     state/9-2.trvseg                     changes of state read out of other segments (keyframes)
///     writers/7                            locked as long as writer 7 lives
///     pins/42-0                            locked as long as somebody reads as of manifest 42
///     locks/compact                        locked while that job runs
///     index/7-1.trvidx                     in which segments of a window ids are (Format/Index.md)
///     log/7-2.log                          events that were appended and are in no segment yet
///     rejects/7.ndjson                     lines that were no events
///     units/0123456789abcdef               what the numbers of a field were found to count
///     damaged/                             what a repair has put aside
public struct StorePaths: Sendable {
    public let root: String
    /// The cold tier may lie on another disk.
    public let coldRoot: String

    public init(root: String, coldRoot: String? = nil) {
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        self.coldRoot = coldRoot ?? self.root
    }

    public var config: String { "\(root)/traversion.json" }
    public var maskingKey: String { "\(root)/masking.key" }
    public var manifests: String { "\(root)/manifests" }
    public var writers: String { "\(root)/writers" }
    public var pins: String { "\(root)/pins" }
    public var locks: String { "\(root)/locks" }
    public var logs: String { "\(root)/log" }
    public var indexes: String { "\(root)/index" }
    public var rejects: String { "\(root)/rejects" }
    public var damaged: String { "\(root)/damaged" }
    public var baseState: String { "\(root)/base" }
    public var units: String { "\(root)/units" }
    public var keyframes: String { "\(root)/state" }

    public func manifest(_ number: UInt64) -> String { "\(manifests)/\(Self.padded(number))" }
    public func floor(_ number: UInt64) -> String { "\(manifests)/\(Self.floorPrefix)\(Self.padded(number))" }
    public func writer(_ number: UInt32) -> String { "\(writers)/\(number)" }
    public func pin(_ manifest: UInt64, _ reader: Int) -> String { "\(pins)/\(manifest)-\(reader)" }
    public func lock(_ job: String) -> String { "\(locks)/\(job)" }
    public func log(_ id: LogId) -> String { "\(logs)/\(id.fileName)" }
    public func index(_ id: IndexId) -> String { "\(indexes)/\(id.fileName)" }
    public func rejects(of writer: UInt32) -> String { "\(rejects)/\(writer).ndjson" }

    public func tier(_ tier: EncodingProfile.Tier) -> String { "\(tier == .cold ? coldRoot : root)/\(tier)" }

    public func window(_ window: TimeWindow, _ length: WindowLength, _ tier: EncodingProfile.Tier) -> String {
        "\(self.tier(tier))/\(window.label(length))"
    }

    func folder(
        of kind: SegmentEntry.Kind, _ window: TimeWindow, _ length: WindowLength, _ tier: EncodingProfile.Tier
    ) -> String {
        switch kind {
        case .events: self.window(window, length, tier)
        case .baseState: baseState
        case .keyframe: keyframes
        }
    }

    public func segment(_ entry: SegmentEntry, _ length: WindowLength) -> String {
        "\(folder(of: entry.kind, entry.window, length, entry.tier))/\(entry.id.fileName)"
    }

    static let floorPrefix = "floor-"

    /// Names that sort as their numbers do.
    private static func padded(_ number: UInt64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 20 - digits.utf8.count) + digits
    }

    /// The number in the name of a manifest.
    static func manifestNumber(_ name: String) -> UInt64? { name.utf8.count == 20 ? UInt64(name) : nil }

    /// The number of the manifest or floor that was being written under this name.
    static func unfinishedNumber(_ name: String) -> UInt64? {
        guard name.hasSuffix(".part") else { return nil }
        return manifestNumber(String(name.drop { !$0.isNumber }.prefix(20)))
    }

    static func floorNumber(_ name: String) -> UInt64? {
        guard name.hasPrefix(floorPrefix) else { return nil }
        return manifestNumber(String(name.dropFirst(floorPrefix.count)))
    }
}

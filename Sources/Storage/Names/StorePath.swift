public import Columns

/// How paths of events are told from those that the store adds (Format/Store.md, 5).
///
/// The first key of an added path begins with U+0000. A first key of an event that begins so gets another U+0000.
public enum StorePath {
    static let mark = "\0"

    /// The path under which an event's value is stored.
    public static func stored(_ path: ColumnPath) -> ColumnPath {
        guard startsWithMark(path) else { return path }
        var keys = path.keys
        keys[0] = mark + keys[0]
        return ColumnPath(keys: keys)
    }

    /// The path that an event has a stored value under; nil when the store has added it.
    public static func original(_ path: ColumnPath) -> ColumnPath? {
        guard startsWithMark(path) else { return path }
        var keys = path.keys
        guard keys[0].utf8.dropFirst().first == 0 else { return nil }
        keys[0].removeFirst()
        return ColumnPath(keys: keys)
    }

    private static func startsWithMark(_ path: ColumnPath) -> Bool {
        guard let first = path.keys.first else { return false }
        return first.utf8.first == 0
    }
}

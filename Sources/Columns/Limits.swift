/// The limits of format version 1 (Format/Segment.md, 1.1).
public enum Limits {
    public static let rowCountPerZone = 8192
    public static let rawByteCountPerZone = 8 << 20
    public static let zoneCountPerPage = 64
    public static let storedByteCount = 64 << 20
    public static let decodedByteCountPerPage = 80 << 20
    public static let valueByteCount = 16 << 20
    public static let columnCount = 1 << 20
    public static let resourceCountPerColumn = 1 << 20
    public static let keyCountPerPath = 1024
    public static let pathByteCount = 65_535
    public static let nodeDepth = 16
    public static let sourceDepth = 8
    public static let rowCountPerSegment = (1 << 31) - 1
}

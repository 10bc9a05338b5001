import CSimdJSON

/// What a line of input may be at most.
public enum EventLimits {
    /// Also bounds the length of every value in it.
    public static let lineByteCount = 16 << 20
    /// Levels of objects and arrays, the event itself included.
    public static let nestingDepth = Int(TRAVERSION_JSON_DEPTH)
}

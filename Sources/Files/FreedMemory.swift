private import CLinux

/// Memory that was freed.
public enum FreedMemory {
    /// Keeps up to some bytes of it for what is allocated next: a question that is asked again takes the same amount in
    /// the same pieces, and to get cleared memory from the system for each was a sixth of its time.
    public static func keep(byteCount: Int) { traversion_keep_freed(Int32(clamping: byteCount)) }
}

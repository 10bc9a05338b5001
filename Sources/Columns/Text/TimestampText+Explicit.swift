extension TimestampText {
    /// The form with its fraction digits counted out, where it says "as many as it takes".
    public static func explicitForm(_ form: UInt32, nanoseconds: Int64) -> UInt32 {
        guard TimestampForm(rawValue: form).fractionDigits == TimestampForm.automaticFraction else { return form }
        let fraction = nanoseconds % nanosecondsPerSecond
        let positive = UInt64(fraction < 0 ? fraction + nanosecondsPerSecond : fraction)
        return form & ~15 | UInt32(TimestampRenderer.automaticDigits(positive))
    }
}

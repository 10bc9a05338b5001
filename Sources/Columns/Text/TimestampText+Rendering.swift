extension TimestampText {
    /// The text of an instant in UTC with as many digits as it needs; its number where no year has it.
    public static func utc(_ nanoseconds: Int64) -> String {
        var text: [UInt8] = []
        guard append(nanoseconds, form: TimestampForm.utc().rawValue, to: &text) else { return "\(nanoseconds) ns" }
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the text of an instant. False, and nothing appended, when the form is none or cannot show the value.
    public static func append(_ nanoseconds: Int64, form: UInt32, to bytes: inout [UInt8]) -> Bool {
        var renderer = TimestampRenderer()
        let before = bytes.count
        unsafe appendRendering(to: &bytes) { output in
            unsafe renderer.render(UInt64(bitPattern: nanoseconds), form: UInt64(form), at: output) ?? 0
        }
        return bytes.count > before
    }

    /// Gives the forms of a page the automatic fraction where it shows the same text, when the page's explicit
    /// fraction digits differ: such forms then repeat (Format/Segment.md, 6.1).
    public static func settle(forms: inout [UInt32], nanoseconds: [UInt64]) {
        guard let first = forms.first, forms.contains(where: { ($0 ^ first) & 15 != 0 }) else { return }
        for index in forms.indices {
            let form = TimestampForm(rawValue: forms[index])
            // Offsets are whole minutes: the fraction is that of the instant.
            let fraction = Int64(bitPattern: nanoseconds[index]) % nanosecondsPerSecond
            let positive = UInt64(fraction < 0 ? fraction + nanosecondsPerSecond : fraction)
            if TimestampRenderer.automaticDigits(positive) == form.fractionDigits {
                forms[index] = form.withAutomaticFraction.rawValue
            }
        }
    }
}

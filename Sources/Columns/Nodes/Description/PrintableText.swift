/// Text from a file as a terminal may show it.
public enum PrintableText {
    /// The text with everything that steers a terminal or turns the direction of writing escaped.
    public static func escaping(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var printable = ""
        for scalar in text.unicodeScalars {
            if isUnsafe(scalar) {
                printable += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                printable.unicodeScalars.append(scalar)
            }
        }
        return printable
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return true
        default: return false
        }
    }
}

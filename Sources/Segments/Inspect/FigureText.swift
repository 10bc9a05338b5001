/// Numbers as reports show them.
enum FigureText {
    /// At most four digits, then three and a K, M, G or T for powers of 1000.
    static func short(_ number: Int) -> String {
        guard number >= 10_000 else { return String(number) }
        var unit = 1000
        for letter in ["K", "M", "G", "T"] {
            // 999.5 of a unit is shown as 1.00 of the next.
            if number < unit * 999 + unit / 2 || letter == "T" {
                let decimals = number < unit * 10 - unit / 200 ? 2 : number < unit * 100 - unit / 20 ? 1 : 0
                return quotient(number, unit, decimals: decimals) + letter
            }
            unit *= 1000
        }
        return String(number)
    }

    /// All digits, in groups of three.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0, digits[place - 1] != "-" { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// A quotient of numbers that are not negative, rounded; "-" when there is none.
    static func quotient(_ number: Int, _ divisor: Int, decimals: Int) -> String {
        guard divisor > 0 else { return "-" }
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let product = UInt(number).multipliedFullWidth(by: UInt(scale))
        let (low, carry) = product.low.addingReportingOverflow(UInt(divisor) / 2)
        let high = product.high + (carry ? 1 : 0)
        guard high < UInt(divisor) else { return "-" }
        let rounded = UInt(divisor).dividingFullWidth((high, low)).quotient
        guard decimals > 0 else { return String(rounded) }
        let fraction = String(rounded % UInt(scale))
        let zeros = String(repeating: "0", count: decimals - fraction.utf8.count)
        return "\(rounded / UInt(scale)).\(zeros)\(fraction)"
    }

    static func percent(_ part: Int, of whole: Int) -> String { quotient(part * 100, whole, decimals: 1) + "%" }
}

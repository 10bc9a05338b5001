import Bytes
import Columns
import Ingest
import Segments
import Times

extension Invocation {
    /// The value of `--tier`, hot when it is not given.
    func tier() throws(CommandFailure) -> EncodingProfile.Tier {
        guard let text = options["--tier"] else { return .hot }
        let tiers = EncodingProfile.Tier.allCases
        guard let tier = tiers.first(where: { "\($0)" == text }) else {
            let names = tiers.map { "\($0)" }
            throw .usage(
                "unknown tier '\(text)'\(suggestion(text, names)); the tiers are \(names.joined(separator: ", "))")
        }
        return tier
    }

    /// The value of `--format`, nil when it is not given.
    func format() throws(CommandFailure) -> InputFormat? {
        guard let text = options["--format"] else { return nil }
        guard let format = InputFormat(rawValue: text) else {
            let names = InputFormat.allCases.map(\.rawValue)
            throw .usage("unknown format '\(text)'\(suggestion(text, names)); the formats are \(InputFormat.names)")
        }
        return format
    }

    static let timeZoneOption = Command.Option(
        name: "--timezone", valueName: "ZONE",
        help: "what times without a zone are in: an offset such as +02:00, or a name such\nas Europe/Berlin"
            + " (default: UTC)")

    /// The value of `--timezone`, UTC when it is not given.
    func timeZone() throws(CommandFailure) -> TimeZoneRules {
        guard let text = options["--timezone"] else { return .utc }
        guard let zone = TimeZoneRules(text, files: SegmentFile.fileSystem) else {
            throw .usage(
                "unknown time zone '\(text)'; give an offset such as +02:00, or a name of the system's zone files such"
                    + " as Europe/Berlin")
        }
        return zone
    }

    /// The value of an option that counts something.
    func count(_ option: String) throws(CommandFailure) -> Int? {
        guard let text = options[option] else { return nil }
        guard let count = Int(text), count >= 0 else {
            throw .usage("option \(option) needs a whole number that is not negative, '\(text)' is none")
        }
        return count
    }

    /// The value of an option that is a number within a range.
    func number(_ option: String, in range: ClosedRange<Double>) throws(CommandFailure) -> Double? {
        guard let text = options[option] else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw .usage(
                "option \(option) needs a number from \(range.lowerBound) to \(range.upperBound), '\(text)' is none")
        }
        return number
    }

    /// The value of an option that is a number of bytes: `256M`.
    func size(_ option: String) throws(CommandFailure) -> Int? {
        guard let text = options[option] else { return nil }
        let units: [Character: Int] = ["K": 10, "M": 20, "G": 30]
        let shift = text.last.flatMap { units[$0] }
        guard let count = Int(shift == nil ? text[...] : text.dropLast()), count > 0,
            count <= Int.max >> (shift ?? 0)
        else { throw .usage("option \(option) needs a size such as 256M or 2G, '\(text)' is none") }
        return count << (shift ?? 0)
    }

    /// The value of `--first-sequence`, 0 when it is not given.
    func firstSequence() throws(CommandFailure) -> UInt64 {
        guard let text = options["--first-sequence"] else { return 0 }
        guard let sequence = UInt64(text) else {
            throw .usage("option --first-sequence needs a whole number from 0 to \(UInt64.max), '\(text)' is none")
        }
        return sequence
    }

    /// The value of `--stored-at`.
    func storedAt() throws(CommandFailure) -> Int64? { try time("--stored-at") }

    /// The value of an option that is a time: a timestamp with its zone, or nanoseconds since 1970 UTC.
    func time(_ option: String) throws(CommandFailure) -> Int64? {
        guard let text = options[option] else { return nil }
        if let nanoseconds = Int64(text) { return nanoseconds }
        let bytes = Array(text.utf8)
        if let (nanoseconds, form) = TimestampText.parse(bytes.span), TimestampForm(rawValue: form).zone != .none {
            return nanoseconds
        }
        throw .usage(
            "option \(option) needs a time with its zone such as 2026-03-02T00:00:00Z, or nanoseconds since 1970;"
                + " '\(text)' is neither")
    }

    /// The value of an option that lists paths.
    func paths(_ option: String) throws(CommandFailure) -> [ColumnPath]? {
        guard let text = options[option] else { return nil }
        guard let paths = ColumnPath.list(text) else {
            throw .usage(
                "option \(option) needs paths such as service,state.cpu; keys with dots or commas go in quotes, and in"
                    + " '\(text)' a quote is not closed")
        }
        return paths
    }
}

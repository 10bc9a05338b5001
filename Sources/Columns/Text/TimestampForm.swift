/// How the text of a timestamp looks: the form code of Format/Segment.md, 6.1.
public struct TimestampForm: RawRepresentable, Equatable, Sendable {
    public enum Zone: UInt32, Sendable {
        case none, utc, hoursColonMinutes, hoursMinutes, hours
    }

    public let rawValue: UInt32

    /// As many fraction digits as show the value: 0, 3, 6 or 9.
    public static let automaticFraction = 10

    @inline(__always)
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    @inline(__always)
    public init(fractionDigits: Int, hasSpace: Bool, hasComma: Bool, zone: Zone, offsetMinutes: Int) {
        let zigzag = UInt32(truncatingIfNeeded: offsetMinutes &<< 1 ^ offsetMinutes &>> 63)
        rawValue =
            UInt32(truncatingIfNeeded: fractionDigits) | (hasSpace ? 1 << 4 : 0) | (hasComma ? 1 << 5 : 0)
            | zone.rawValue &<< 6 | zigzag &<< 9
    }

    /// As RFC 3339 writes an instant in UTC: as many fraction digits as show the value, or so many.
    @inline(__always)
    public static func utc(fractionDigits: Int = automaticFraction) -> TimestampForm {
        TimestampForm(
            fractionDigits: fractionDigits, hasSpace: false, hasComma: false, zone: .utc, offsetMinutes: 0)
    }

    /// Reads a form code and checks it.
    @inline(__always)
    public init?(checking code: UInt64) {
        guard code < 1 << 21 else { return nil }
        rawValue = UInt32(truncatingIfNeeded: code)
        guard fractionDigits <= Self.automaticFraction, let zone = Zone(rawValue: rawValue &>> 6 & 7) else {
            return nil
        }
        let offset = offsetMinutes
        guard offset > -1440, offset < 1440 else { return nil }
        switch zone {
        case .none, .utc: guard offset == 0 else { return nil }
        case .hours: guard offset % 60 == 0 else { return nil }
        case .hoursColonMinutes, .hoursMinutes: break
        }
    }

    @inline(__always)
    public var fractionDigits: Int { Int(rawValue & 15) }

    @inline(__always)
    public var hasSpace: Bool { rawValue & 1 << 4 != 0 }

    @inline(__always)
    public var hasComma: Bool { rawValue & 1 << 5 != 0 }

    /// The zone; codes that are none count as hours.
    @inline(__always)
    public var zone: Zone { Zone(rawValue: min(rawValue &>> 6 & 7, 4)) ?? .hours }

    @inline(__always)
    public var offsetMinutes: Int {
        let zigzag = Int(rawValue &>> 9)
        return zigzag &>> 1 ^ (0 &- (zigzag & 1))
    }

    /// Whether a JSON string with this form is of type timestamp.
    @inline(__always)
    public var isColumnType: Bool { zone == .utc || zone == .hoursColonMinutes || zone == .hoursMinutes }

    /// The same form with the fewest fraction digits that show the value.
    @inline(__always)
    public var withAutomaticFraction: TimestampForm {
        TimestampForm(rawValue: rawValue & ~15 | UInt32(Self.automaticFraction))
    }

    /// The byte count of the zone's text.
    @inline(__always)
    var zoneByteCount: Int {
        switch zone {
        case .none: 0
        case .utc: 1
        case .hoursColonMinutes: 6
        case .hoursMinutes: 5
        case .hours: 3
        }
    }
}

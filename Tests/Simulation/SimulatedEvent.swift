import Bytes

/// One event of a dump.
struct SimulatedEvent {
    static let userCount = 5
    private static let hour: Int64 = 3_600_000_000_000

    let time: Int64
    /// It sets this key of this user's state; an event that sets nothing has no user.
    let user: Int?
    let key: Int
    let text: String
    /// It may be left out of the cold tier: neither an error nor state nor marked itself.
    let isOfSample: Bool
    /// Its trace has a mark, as long as the event that has it is there.
    let isMarked: Bool
    /// Its trace is of those that stay.
    let isKept: Bool

    /// The last time of its window.
    var windowEnd: Int64 { (time / Self.hour + 1) * Self.hour - 1 }

    /// Whether only its trace's hash may decide, when marks before some time are gone.
    func mayBeSampled(_ firstMark: Int64) -> Bool { isOfSample && (!isMarked || windowEnd < firstMark) }

    init(dump: Int, number: Int, _ random: inout SplitMix64) {
        let trace = Self.trace(dump, number)
        // Half of the events of the later dumps bear no state. Their traces stay in one window, some are marked by their
        // first event; others tell of an error.
        let ofTrace = number / 6
        isMarked = dump > 0 && ofTrace % 4 == 1
        let isMark = isMarked && number % 6 == 0
        let isPlain = dump > 0 && number % 2 == 1 || isMark
        let isError = isPlain && number % 7 == 0
        let anyHour = Int(random.next() % 4)
        // Some windows, in no order; fields that come and go.
        let second = 1_700_000_000 - (dump == 0 ? anyHour : ofTrace % 4) * 3600 - Int(random.next() % 800)
        let extra = random.next() % 4 == 0 ? #","x":"\#(random.next() % 50)""# : ""
        // No two events are of one time.
        let fraction = 1000 * (dump + 1) + number
        time = Int64(second) * 1_000_000_000 + Int64(fraction) * 100_000
        user = isPlain ? nil : number % Self.userCount
        key = number % 3
        isOfSample = isPlain && !isMark && !isError
        isKept = Double(checksum(Array(trace.utf8))) < SimulatedStore.sampling.share * 0x1p64
        let state =
            isPlain ? "" : #","state":{"entity":"\#(Self.user(number))","key":"k\#(key)","value":\#(number)}"#
        text =
            #"{\#(isMark ? #""anomaly":true,"# : "")"dump":\#(dump),"n":\#(number)"#
            + (isError ? #","severity":"ERROR""# : "") + state
            + #","timestamp":"\#(Self.text(second).dropLast()).\#(fraction)Z","traceId":"\#(trace)"\#(extra)}"#
    }

    static func user(_ number: Int) -> String { "user-\(number % userCount)-of-us" }

    /// Some events of a dump are of one trace; those of the first dump have digits for an id, the others a text.
    static func trace(_ dump: Int, _ number: Int) -> String {
        dump == 0 ? String(0x4bf9_2f35_77b3_0000 + number / 6, radix: 16) : "request-\(dump)-\(number / 6)"
    }

    /// A time as events have it.
    private static func text(_ second: Int) -> String {
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        // 2023-11-14 and the day before.
        let ofDay = second - 1_699_920_000
        let (day, rest) = ofDay < 0 ? (13, ofDay + 86_400) : (14, ofDay)
        return "2023-11-\(day)T\(pad(rest / 3600)):\(pad(rest / 60 % 60)):\(pad(rest % 60))Z"
    }
}

import Files
import Ingest
import Storage

extension Rig {
    /// A filter of conditions such as `user=ann`.
    static func filter(_ conditions: String...) -> ForgetFilter {
        ForgetFilter(conditions.map { ForgetCondition(field: $0)! })
    }

    static func anywhere(_ value: String) -> ForgetFilter { ForgetFilter([.anywhere(SoughtValue(value))]) }

    /// What a search for a filter finds, without the files' names.
    static func findings(_ store: Store, _ filter: ForgetFilter) throws -> [String] {
        var search = ForgottenSearch(store, filter)
        try search.run()
        return search.result.findings.map(\.reason)
    }

    /// Events of some users over some hours; what is said of one does not name the others.
    static func users(_ names: [String], count: Int = 60) -> [String] {
        (0..<count).map { number in
            let name = names[number % names.count]
            let time = "2024-01-15T0\(number / 20):\(number % 20 + 10):00Z"
            return #"{"message":"\#(name) has signed in","n":\#(number),"time":"\#(time)","user":"\#(name)"}"#
        }
    }
}

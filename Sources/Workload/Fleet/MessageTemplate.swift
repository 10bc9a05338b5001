/// A text with places for values, such as `Reserved {few} units of sku {id}`.
struct MessageTemplate {
    enum Piece {
        case text([UInt8])
        case id, few, milliseconds, hex, user, ip
    }

    private(set) var pieces: [Piece] = []

    /// `noun` stands where the text says `{noun}`: it belongs to the place in the program, not to the event.
    init(_ text: String, noun: String) {
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest.firstIndex(of: "}") {
            add(text: String(rest[..<open]))
            switch rest[rest.index(after: open)..<close] {
            case "noun": add(text: noun)
            case "id": pieces.append(.id)
            case "few": pieces.append(.few)
            case "ms": pieces.append(.milliseconds)
            case "hex": pieces.append(.hex)
            case "user": pieces.append(.user)
            case "ip": pieces.append(.ip)
            case let name: preconditionFailure("a message has no variable \(name)")
            }
            rest = rest[rest.index(after: close)...]
        }
        add(text: String(rest))
    }

    private mutating func add(text: String) {
        guard !text.isEmpty else { return }
        if case .text(let before)? = pieces.last {
            pieces[pieces.count - 1] = .text(before + Array(text.utf8))
        } else {
            pieces.append(.text(Array(text.utf8)))
        }
    }

    /// Who asked, for texts that name them.
    struct Subject {
        var user: Int
        var address: UInt32
    }

    func append(_ subject: Subject, to lines: inout EventLines, _ dice: inout Dice) {
        for piece in pieces {
            switch piece {
            case .text(let bytes): lines.text(bytes)
            case .id: lines.number(dice.whole(1_000...9_999_999))
            case .few: lines.number(dice.whole(1...64))
            case .milliseconds: lines.number(dice.skewed(12, 1), decimals: 2)
            case .hex: lines.hex(dice.bits() & 0xFFFF_FFFF_FFFF, digits: 12)
            case .user: lines.user(subject.user)
            case .ip: lines.address(subject.address)
            }
        }
    }
}

extension Fleet.LogSite {
    /// What the site says, behind the head of its event, up to the attributes that all its events have.
    func append(_ subject: MessageTemplate.Subject, to lines: inout EventLines, _ dice: inout Dice) {
        lines.text(#","severity":""#)
        lines.text(severity)
        lines.text(#"","message":""#)
        message.append(subject, to: &lines, &dice)
        lines.text(#"","attributes":{"#)
        lines.text(members)
    }
}

extension EventLines {
    mutating func user(_ number: Int) {
        text("u-")
        self.number(number)
    }

    mutating func address(_ address: UInt32) {
        for shift in [24, 16, 8, 0] as [UInt32] {
            if shift < 24 { text(".") }
            number(Int(address >> shift & 255))
        }
    }
}

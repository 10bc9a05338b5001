/// Makes up what one service has: routes, queries, cache keys, places that log, stacks of its errors.
struct ServiceMaker {
    let name: String
    let isPublic: Bool

    private var identifier: String { name.filter { $0 != "-" } }
    private var typeName: String {
        name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    func operations(_ dice: inout Dice) -> [Fleet.Operation] {
        (0..<(isPublic ? 16 : dice.whole(3...6))).map { _ in
            let method = dice.pick(["GET", "GET", "GET", "POST", "POST", "PUT"])
            let noun = dice.pick(Vocabulary.nouns)
            let before = isPublic ? "/api/v\(dice.whole(1...3))/\(noun)s/" : "/internal/\(name)/\(noun)/"
            let after = dice.pick([nil, "", "", "/\(dice.pick(Vocabulary.nouns))s"] as [String?])
            let path = after == nil ? String(before.dropLast()) : before
            let route = after.map { "\(before){id}\($0)" } ?? path
            return Fleet.Operation(
                members: Array(#""method":"\#(method)","route":"\#(route)""#.utf8),
                path: (Array(path.utf8), after.map { Array($0.utf8) }), work: dice.skewed(5, 0.7))
        }
    }

    func statements(_ dice: inout Dice) -> [[UInt8]] {
        (0..<dice.whole(3...7)).map { _ in
            let table = dice.pick(Vocabulary.nouns) + "s"
            let columns = dice.sample(Vocabulary.nouns, dice.whole(2...5)).joined(separator: ", ")
            let (operation, statement) = dice.pick([
                (
                    "SELECT",
                    "SELECT id, \(columns) FROM \(table) WHERE \(dice.pick(Vocabulary.nouns))_id = $1 ORDER BY created_at"
                        + " DESC LIMIT \(dice.pick([1, 10, 50]))"
                ),
                ("SELECT", "SELECT id, \(columns) FROM \(table) WHERE id = $1"),
                ("INSERT", "INSERT INTO \(table) (id, \(columns)) VALUES ($1, $2, $3)"),
                ("UPDATE", "UPDATE \(table) SET \(dice.pick(Vocabulary.nouns)) = $1, updated_at = now() WHERE id = $2"),
            ])
            let place = #""db":"\#(name)-db","table":"\#(table)","operation":"\#(operation)""#
            return Array((place + #","statement":"\#(statement)""#).utf8)
        }
    }

    func cacheKeys(_ dice: inout Dice) -> [[UInt8]] {
        (0..<dice.whole(2...4)).map { _ in
            let operation = dice.pick(["get", "get", "get", "set", "del"])
            return Array(#""op":"\#(operation)","key":"\#(name):\#(dice.pick(Vocabulary.nouns)):"#.utf8)
        }
    }

    func logSites(_ dice: inout Dice) -> [Fleet.LogSite] {
        (0..<dice.whole(8...14)).map { _ in
            let text = dice.pick(Vocabulary.logs)
            let parts = text.split(separator: " ", maxSplits: 1)
            let suffix = dice.pick(["Service", "Handler", "Client", "Repository"])
            let logger = #""logger":"com.shop.\#(identifier).\#(typeName)\#(suffix)","line":\#(dice.whole(20...900))"#
            return Fleet.LogSite(
                severity: Array(parts[0].utf8),
                message: MessageTemplate(String(parts[1]), noun: dice.pick(Vocabulary.nouns)),
                members: Array(logger.utf8))
        }
    }

    func stacks(_ dice: inout Dice) -> [[UInt8]] {
        Fault.exceptions.map { exception in
            var lines = [exception.name]
            for _ in 0..<dice.whole(3...6) {
                let part = dice.pick(["core", "api", "db", "client"])
                let method =
                    dice.pick(["handle", "load", "save", "call"]) + dice.pick(Vocabulary.nouns).capitalizedFirst
                lines.append(
                    "at com.shop.\(identifier).\(part).\(typeName).\(method)(\(typeName).java:\(dice.whole(20...900)))")
            }
            for _ in 0..<dice.whole(3...6) {
                let frame = dice.pick([
                    "io.netty.channel.AbstractChannelHandlerContext.fireChannelRead(AbstractChannelHandlerContext.java",
                    "java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java",
                    "org.eclipse.jetty.server.handler.HandlerWrapper.handle(HandlerWrapper.java",
                ])
                lines.append("at \(frame):\(dice.whole(50...1200))")
            }
            return Array(lines.joined(separator: #"\n\t"#).utf8)
        }
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

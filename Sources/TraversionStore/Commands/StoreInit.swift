import Storage

/// `init`: makes a store.
enum StoreInit {
    static let command = Command(
        words: ["init"], summary: "makes an empty store",
        arguments: [],
        options: [
            StoreOptions.store,
            .init(
                name: "--window", valueName: "LENGTH",
                help:
                    "the time that segments are divided by: 1h, 6h, 1d (the default) or 7d;\nit cannot be changed later"
            ),
        ]
    ) { (invocation) throws(CommandFailure) in
        let path = StoreOptions.path(invocation)
        let text = invocation.options["--window"] ?? WindowLength.day.name
        guard let length = WindowLength(name: text) else {
            let names = WindowLength.allCases.map(\.name).joined(separator: ", ")
            throw .usage("unknown window length '\(text)'; it can be \(names)")
        }
        _ = try StoreOptions.create(path, length)
        try Console.print("made an empty store in \(path); next: \(Tool.name) ingest --store \(path) FILE")
    }
}

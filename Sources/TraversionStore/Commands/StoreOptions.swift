import Storage
import Traversion

/// What the commands that work on a store share.
enum StoreOptions {
    static let defaultPath = "traversion-data"
    static let variable = "TRAVERSION_STORE"

    static let store = Command.Option(
        name: "--store", valueName: "DIR",
        help: "the store's directory (default: the variable \(variable), else ./\(defaultPath))")

    static let mask = Command.Option(
        name: "--mask", valueName: "KINDS",
        help:
            "what is masked before it is stored: none, all, or of\n\(MaskKind.names),\neach with a mode if you like: email=hash, card=drop (default: the store's settings,\nwhich say secrets=redact unless you change them)"
    )

    static func path(_ invocation: Invocation) -> String {
        invocation.options["--store"] ?? EnvironmentVariable.text(variable) ?? defaultPath
    }

    static func open(_ invocation: Invocation) throws(CommandFailure) -> Store {
        do { return try StoreFolder.open(path(invocation)) } catch { throw CommandFailure(error) }
    }

    /// Opens the store, or makes one where nothing is yet.
    static func openOrCreate(_ invocation: Invocation) throws(CommandFailure) -> Store {
        let path = path(invocation)
        do throws(StoreError) {
            return try StoreFolder.open(path)
        } catch {
            guard case .notAStore = error else { throw CommandFailure(error) }
            return try create(path, .day)
        }
    }

    static func create(_ path: String, _ length: WindowLength) throws(CommandFailure) -> Store {
        do { return try StoreFolder.create(path, length) } catch { throw CommandFailure(error) }
    }
}

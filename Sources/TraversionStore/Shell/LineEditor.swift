import CLineEdit
import Files
import Glibc

/// Reads lines from a terminal, with a history that is kept in a file.
@safe
final class LineEditor {
    enum Line: Equatable {
        case text(String)
        /// Control-C.
        case givenUp
        case end
    }

    private let editor: OpaquePointer
    private let completion: Unmanaged<Completion>
    private let historyPath: String?

    /// What completes words; a class, since C holds a pointer to it.
    final class Completion {
        /// The line up to the cursor, to what is inserted there.
        var complete: (String) -> String? = { _ in nil }
    }

    init?(completion: Completion) {
        unsafe self.completion = Unmanaged.passRetained(completion)
        let opened = unsafe traversion_edit_open(
            Tool.name,
            { context, line, _, cursor, insertion, capacity in
                guard let context = unsafe context, let line = unsafe line, let insertion = unsafe insertion else {
                    return 0
                }
                let completion = unsafe Unmanaged<Completion>.fromOpaque(context).takeUnretainedValue()
                let before = unsafe UnsafeRawBufferPointer(start: line, count: cursor)
                guard let text = completion.complete(unsafe String(decoding: before, as: UTF8.self)) else { return -1 }
                let bytes = Array(text.utf8)
                guard bytes.count <= capacity else { return 0 }
                for (place, byte) in bytes.enumerated() {
                    unsafe insertion[place] = CChar(bitPattern: byte)
                }
                return Int32(bytes.count)
            }, unsafe self.completion.toOpaque())
        guard let opened = unsafe opened else {
            unsafe self.completion.release()
            return nil
        }
        unsafe editor = opened
        historyPath = Self.path()
        if let historyPath { _ = unsafe traversion_edit_load(editor, historyPath) }
    }

    deinit {
        unsafe traversion_edit_close(editor)
        unsafe completion.release()
    }

    func read(prompt: String) -> Line {
        var line: UnsafePointer<CChar>?
        var byteCount = 0
        let outcome = unsafe prompt.withCString {
            unsafe traversion_edit_read(editor, $0, &line, &byteCount)
        }
        switch Int(outcome) {
        case traversion_edit_line:
            let bytes = unsafe UnsafeRawBufferPointer(start: line, count: byteCount)
            return .text(unsafe String(decoding: bytes, as: UTF8.self))
        case traversion_edit_interrupted: return .givenUp
        default: return .end
        }
    }

    /// Keeps an entry for the next time, too. That the file cannot be written harms nothing else.
    func remember(_ entry: String) {
        unsafe traversion_edit_remember(editor, entry)
        guard let historyPath else { return }
        // What was asked is nobody else's business.
        let mask = umask(0o077)
        _ = unsafe traversion_edit_save(editor, historyPath)
        umask(mask)
    }

    /// The file of the history in the user's folder for such things, which is made.
    private static func path() -> String? {
        func variable(_ name: String) -> String? {
            EnvironmentVariable.text(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        guard let state = variable("XDG_STATE_HOME") ?? variable("HOME").map({ $0 + "/.local/state" }) else {
            return nil
        }
        let folder = state + "/traversion"
        return (try? LocalFileSystem().createDirectories(folder)) == nil ? nil : folder + "/history"
    }
}

import Glibc

extension ToolProcess {
    /// A process that runs, and our ends of its pipes; -1: it has none.
    struct Started {
        var process: pid_t
        var input: Int32
        var output: Int32
        var errors: Int32
    }

    /// Starts this program once more. It stands in a group of processes of its own: an interrupt of the terminal is for
    /// the one that measures.
    static func start(_ arguments: [String], takesInput: Bool) -> Started? {
        guard let output = pipe(), let errors = pipe() else { return nil }
        let input = takesInput ? pipe() : nil
        defer { for file in [output.write, errors.write, input?.read ?? -1] where file >= 0 { close(file) } }
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        if let input {
            unsafe posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO)
        } else {
            unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors.write, STDERR_FILENO)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([Tool.name] + arguments).map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe words.indices { unsafe free(words[index]) } }
        var process: pid_t = 0
        guard unsafe posix_spawn(&process, "/proc/self/exe", &actions, &attributes, &words, environ) == 0 else {
            return nil
        }
        return Started(process: process, input: input?.write ?? -1, output: output.read, errors: errors.read)
    }

    /// A pipe whose ends only those processes get that they are given to.
    private static func pipe() -> (read: Int32, write: Int32)? {
        var files: [Int32] = [0, 0]
        guard unsafe Glibc.pipe(&files) == 0 else { return nil }
        for file in files { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        return (files[0], files[1])
    }
}

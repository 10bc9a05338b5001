import Glibc

// A reader that stops early, like `head`, shows as an error of `write`.
_ = signal(SIGPIPE, SIG_IGN)
exit(Tool.run(Array(CommandLine.arguments.dropFirst())).rawValue)

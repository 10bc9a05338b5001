import Glibc

/// What the environment says; a variable that is empty says nothing.
enum EnvironmentVariable {
    static func text(_ name: String) -> String? {
        guard let value = unsafe getenv(name), unsafe value.pointee != 0 else { return nil }
        return unsafe String(cString: value)
    }
}

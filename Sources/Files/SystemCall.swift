private import CLinux
import Glibc

/// Makes a call that answers below zero and sets `errno` when it fails, again and again while a signal interrupts it.
func systemCall<Result: SignedInteger>(
    _ operation: FileError.Operation, _ path: String, _ call: () -> Result
) throws(FileError) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        let errorNumber = traversion_errno()
        if errorNumber != EINTR { throw FileError(operation, path, errorNumber: errorNumber) }
    }
}

/// The error of the call that has just failed, for calls that answer with a pointer.
func lastError(_ operation: FileError.Operation, _ path: String) -> FileError {
    FileError(operation, path, errorNumber: traversion_errno())
}

import Glibc
import Testing

@testable import Files

struct SystemCallTests {
    @Test func `an interrupted call is made again`() throws {
        var answers: [(Int, Int32)] = [(-1, EINTR), (-1, EINTR), (5, 0)]
        let result = try systemCall(.read, "a") {
            let (answer, number) = answers.removeFirst()
            errno = number
            return answer
        }
        #expect(result == 5)
        #expect(answers.isEmpty)
    }

    @Test func `any other failure is thrown`() throws {
        #expect(throws: FileError(.write, "a", errorNumber: ENOSPC)) {
            try systemCall(.write, "a") {
                errno = ENOSPC
                return -1
            }
        }
    }

    @Test(arguments: [("a", "."), ("/a", "/"), ("x/a", "x"), ("/x/y/a", "/x/y"), ("", ".")])
    func `the directory is what stands before the last slash`(_ path: String, _ expected: String) {
        #expect(directory(of: path) == expected)
    }
}

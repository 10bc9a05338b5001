import CFuzzer
import Glibc

// Without a driver it lists them; `Tools/fuzz` calls it both ways.
guard Driver.selected != nil else {
    for driver in Driver.all { print("\(driver.name)\t\(driver.inputByteLimit)\t\(driver.summary)") }
    exit(0)
}
var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, testOneInput))

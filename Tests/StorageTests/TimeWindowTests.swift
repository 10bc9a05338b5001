import Storage
import Testing

struct TimeWindowTests {
    @Test(arguments: [
        (WindowLength.day, 0, "1970-01-01"), (.day, -1, "1969-12-31"), (.day, 19_737, "2024-01-15"),
        (.day, 19_782, "2024-02-29"), (.day, 47_541, "2100-03-01"), (.hour, 473_703, "2024-01-15T15"),
        (.hour, -1, "1969-12-31T23"), (.sixHours, 1, "1970-01-01T06"), (.sixHours, -1, "1969-12-31T18"),
        (.week, 1, "1970-01-08"), (.week, -1, "1969-12-25"),
    ])
    func `a window is named after its first hour or day`(_ length: WindowLength, _ index: Int, _ label: String) {
        #expect(TimeWindow(index: Int32(index)).label(length) == label)
    }

    @Test(arguments: WindowLength.allCases)
    func `every time lies in the window that is found for it`(_ length: WindowLength) {
        let step = length.nanoseconds
        for time in [Int64.min, -step - 1, -step, -1, 0, 1, step - 1, step, step + 1, Int64.max] {
            #expect(length.window(of: time).times(length).contains(time))
        }
        #expect(length.window(of: -1).index == -1)
        #expect(length.window(of: step).index == 1)
        #expect(length.window(of: step - 1).index == 0)
    }

    @Test func `names of lengths are read back`() {
        for length in WindowLength.allCases { #expect(WindowLength(name: length.name) == length) }
        #expect(WindowLength(name: "2d") == nil)
    }
}

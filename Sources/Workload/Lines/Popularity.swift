/// Which of many things is asked for, when a few are asked for most: the nth with the weight 1 / (n + 1).
struct Popularity {
    private var bounds: [Double] = []

    init(count: Int) {
        var total = 0.0
        for rank in 0..<count {
            total += 1 / Double(rank + 1)
            bounds.append(total)
        }
    }

    func draw(_ dice: inout Dice) -> Int {
        let wanted = dice.unit() * bounds[bounds.count - 1]
        var low = 0
        var high = bounds.count - 1
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] > wanted { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

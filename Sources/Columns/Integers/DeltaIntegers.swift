internal import Bytes
private import CKernels

/// Differences from value to value.
extension IntegerNode {
    static func differences(of values: [UInt64]) -> [UInt64] {
        unsafe [UInt64](unsafeUninitializedCapacity: values.count) { target, initializedCount in
            guard values.count > 1 else { return }
            unsafe traversion_differences(values, values.count, target.baseAddress!)
            initializedCount = values.count - 1
        }
    }

    /// Takes at least one value.
    package static func delta(
        encoding values: [UInt64], profile: EncodingProfile, levels: Int = 1, memory: ChoiceMemory? = nil
    ) -> IntegerNode {
        .delta(
            first: values[0],
            child: encoding(
                differences(of: values), profile: profile, levels: levels, memory: memory?[.differences]))
    }

    static func decodeDelta(
        first: UInt64, child: IntegerNode, into output: UnsafeMutableBufferPointer<UInt64>,
        in environment: any PageEnvironment
    ) throws(DecodeError) {
        let differenceCount = output.count - 1
        if differenceCount > 0, case .packed(let base, let width, let bits) = child {
            try environment.charge(differenceCount * 8)
            let raw = try packedBytes(bits, count: differenceCount, width: width, in: environment)
            unsafe raw.withUnsafeBufferPointer {
                unsafe traversion_unpack_sums(
                    $0.baseAddress!, differenceCount, UInt32(width), base, first, output.baseAddress!)
            }
            return
        }
        if differenceCount > 0,
            case .split(
                let divisor, .patched(let count, let positions, let quotients, .constant(let quotient)),
                .packed(let base, let width, let bits)) = child
        {
            // Few differences are large: the others are added up as they are unpacked, and then the large parts.
            try environment.charge(differenceCount * 32)
            let raw = try packedBytes(bits, count: differenceCount, width: width, in: environment)
            let positions = try positions.decode(count: count, rows: .unknown, in: environment)
            let quotients = try quotients.decode(count: count, rows: .unknown, in: environment)
            let areSound = unsafe raw.withUnsafeBufferPointer {
                unsafe traversion_unpack_sums(
                    $0.baseAddress!, differenceCount, UInt32(width), base &+ quotient &* divisor, first,
                    output.baseAddress!)
                return unsafe traversion_add_steps(
                    output.baseAddress! + 1, differenceCount, positions, quotients, count, quotient, divisor)
            }
            guard areSound else { throw .corrupt(at: 0, "positions of exceptions are not ascending") }
            return
        }
        let differences = unsafe UnsafeMutableBufferPointer(rebasing: output[1...])
        try unsafe child.decode(into: differences, rows: .unknown, in: environment)
        unsafe output[0] = first
        unsafe traversion_sums(output.baseAddress! + 1, differenceCount, first)
    }
}

import Bytes
import Columns

@testable import Segments

/// Pages of a few bytes, under right checksums, that claim more than there is or may be.
extension CorruptSegment {
    static let claims: [CorruptSegment] = [
        integers("claim-runs", count: 3) { page in
            page.append(contentsOf: [0x06, 1, 0x01, 0, 0x01])
            page.append(zigzag: 1 << 60)
        },
        integers("claim-exceptions", count: 3) { page in
            page.append(0x04)
            page.append(varint: 1 << 60)
        },
        strings("claim-text", count: 3) { page in
            page.append(0x40)
            page.append(varint: 1 << 50)
        },
        strings("claim-lengths", count: 3) { page in
            page.append(contentsOf: [0x41, 0x01])
            page.append(zigzag: 1 << 60)
            page.append(contentsOf: [0, 0])
        },
        strings("claim-hexadecimal", count: 3) { page in
            page.append(contentsOf: [0x4A, 0])
            page.append(varint: 1 << 60)
        },
        strings("claim-zstd", count: 3) { page in
            page.append(contentsOf: [0x41, 0x01])
            page.append(zigzag: 1 << 50)
            page.append(2)
            page.append(varint: 3 << 50)
            page.append(contentsOf: [1, 0])
        },
        strings("claim-symbols", count: 3) { page in
            page.append(contentsOf: [0x44, 0, 0, 0x01, 2])
            page.append(varint: 1 << 60)
            page.append(contentsOf: [0, 3, 1, 2, 3])
        },
        // 8192 values of 16 KiB: each of them may be, all together are more than a page may decode to.
        strings("bomb-constant", count: 8192) { page in
            page.append(0x40)
            page.append(varint: 16 << 10)
            page.append(contentsOf: [UInt8](repeating: 0x61, count: 16 << 10))
        },
        // Each string is the one before and four bytes more: 128 MiB out of 32 KiB.
        strings("bomb-front-coded", count: 8192) { page in
            page.append(contentsOf: [0x45, 0x02, 0, 8, 0x51, 4, 0])
            page.append(varint: 4 * 8192)
            page.append(contentsOf: [UInt8](repeating: 0x61, count: 4 * 8192))
        },
    ]

    private static func integers(
        _ name: String, count: Int, _ page: @escaping @Sendable (inout ByteWriter) -> Void
    ) -> CorruptSegment {
        CorruptSegment(name: name) { bytes in
            bytes = try GoldenSegment.page(
                name, .int64, count: count, append: { $0.append(word: UInt64($2), to: $1) }, page: page
            ).make()
        }
    }

    private static func strings(
        _ name: String, count: Int, _ page: @escaping @Sendable (inout ByteWriter) -> Void
    ) -> CorruptSegment {
        CorruptSegment(name: name) { bytes in
            bytes = try GoldenSegment.page(
                name, .string, count: count, append: { band, ordinal, _ in band.append([0x61], to: ordinal) },
                page: page
            ).make()
        }
    }
}

private import CLZ4
private import CZstd

/// The libraries that compress. Other versions of them may give other bytes, which every version decompresses.
public enum CompressionLibraries {
    /// Names and versions, such as `lz4 1.9.4, zstd 1.5.4`.
    public static var versions: String {
        "lz4 \(text(LZ4_versionNumber())), zstd \(text(Int32(bitPattern: ZSTD_versionNumber())))"
    }

    private static func text(_ number: Int32) -> String {
        "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }
}

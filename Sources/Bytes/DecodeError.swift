/// What is wrong with bytes that came from a disk or a network.
///
/// The kind is API, the reason is for people. Offsets are relative to the bytes that were being read until a caller
/// that knows where those bytes stand shifts them with ``shifted(by:)``.
public struct DecodeError: Error, Equatable {
    public enum Kind: Sendable {
        /// The bytes break a rule of the format.
        case corrupt
        /// The bytes are longer, deeper or larger than the format allows.
        case limit
        /// The bytes need a feature or version that this reader does not have.
        case unsupported
    }

    public var kind: Kind
    public var byteOffset: Int
    public var reason: String

    public init(_ kind: Kind, at byteOffset: Int, _ reason: String) {
        self.kind = kind
        self.byteOffset = byteOffset
        self.reason = reason
    }

    public static func corrupt(at byteOffset: Int, _ reason: String) -> DecodeError {
        DecodeError(.corrupt, at: byteOffset, reason)
    }

    public static func limit(at byteOffset: Int, _ reason: String) -> DecodeError {
        DecodeError(.limit, at: byteOffset, reason)
    }

    public func shifted(by distance: Int) -> DecodeError {
        DecodeError(kind, at: byteOffset + distance, reason)
    }
}

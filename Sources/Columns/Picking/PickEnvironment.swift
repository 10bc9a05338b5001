public import Bytes

/// What a page needs from outside itself while only some of its values are decoded.
public protocol PickEnvironment: PageEnvironment {
    /// The source column over the rows of this page, of which only some are asked for.
    func pickedSource(_ ordinal: Int) throws(DecodeError) -> any PickedSource
}

/// A column from which another is derived, decoded in some of the rows only. Those have a value.
public protocol PickedSource {
    /// The rows of the page that have a value; nil: every row has one.
    var presence: Bitmap? { get }
    func codes(in rows: [UInt32]) throws(DecodeError) -> [UInt64]
    func integers(in rows: [UInt32]) throws(DecodeError) -> [UInt64]
    func texts(in rows: [UInt32]) throws(DecodeError) -> StringVector
    func fixed(in rows: [UInt32], width: Int) throws(DecodeError) -> [UInt8]
}

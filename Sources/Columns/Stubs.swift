// Stand-in until TemplateSet lands: whoever brings the real one deletes this file.
public import Bytes

/// Stand-ins.
extension TemplateSet {
    public static func parse(_ reader: inout ByteReader, in environment: any PageEnvironment) throws(DecodeError)
        -> TemplateSet
    {
        throw DecodeError(.unsupported, at: 0, "templates")
    }
}

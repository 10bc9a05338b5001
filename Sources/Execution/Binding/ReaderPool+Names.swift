public import Storage

extension ReaderPool {
    /// The names that fields have in queries, ascending.
    public func fieldNames() throws(StoreError) -> [String] {
        try fieldsOfAnyTime().names
    }
}

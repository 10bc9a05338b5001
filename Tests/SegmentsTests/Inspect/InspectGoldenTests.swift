import Columns
import Testing

@testable import Segments

/// The example of Format/Segment.md, B.6, as the inspector shows it.
@Suite struct InspectGoldenTests {
    private func inspector() throws -> SegmentInspector {
        try SegmentInspector(try SegmentReader(MemorySource(HexText.bytes(of: Self.hex).map { $0! })))
    }

    @Test("a dump is what it was, and the bytes that it shows make the same dump")
    func dump() throws {
        let dump = try inspector().hex()
        #expect(dump == Self.hex)
    }

    @Test("the report of a tiny segment is what it was")
    func report() throws { #expect(try inspector().report(name: "example.trvseg").text() == Self.report) }

    private static let report = """
        segment    example.trvseg
        size       617 bytes, 2 rows in 1 zones, 4 columns
        tier       hot
        format     read version 1, write version 1, no features
        writer     example
        timestamps none
        stored at  2023-11-14T22:13:20Z … 2023-11-14T22:13:20Z
        sequences  1 … 2

        raw        0 bytes, 0.000 a row
        encoded    25 bytes, 12.500 a row
        file       617 bytes, 308.500 a row
        floor      0 bytes, 0.000 a row; file / floor -

        bytes of            bytes    B/row  share
        data pages             20   10.000   3.2%
        shape tables            5    2.500   0.8%
        page tables            38   19.000   6.2%
        directory entries     259  129.500  42.0%
        path heap               6    3.000   1.0%
        ordinal index           6    3.000   1.0%
        zone table             24   12.000   3.9%
        root                  179   89.500  29.0%
        header and trailer     80   40.000  13.0%
        unaccounted             0    0.000   0.0%

        column      type      values  raw  encoded  stored  meta   B/row  B/value  share  floor
        (shape)     shape          2    0        9       9    78  43.500    43.50  14.1%      0
            dictionary 1 <- constant 0
        (storedAt)  storedAt       2    0       10      10    72  41.000    41.00  13.3%      0
            constant 1700000000000000000
        (sequence)  sequence       2    0        3       3    72  37.500    37.50  12.2%      0
            sequence by 1
        a           int64          2    0        3       3    72  37.500    37.50  12.2%      0
            sequence by -2

        """

    private static let hex = #"""
        ; header
        0000: 54 52 56 53 45 47 31 0a                         ; "TRVSEG1\n"
        0008: 01 00 01 00 00 00 00 00                         ; readVersion 1, writeVersion 1, zero

        ; zone table
        0016: 00 00 00 00 02 00 00 00                         ; zone 0: firstRow 0, rowCount 2
        0024: ff ff ff ff ff ff ff 7f 00 00 00 00 00 00 00 80 ; no timestamps: min, max

        ; path heap
        0040: 00 04                                           ; buffer: as is, 4 bytes
        0042: 00                                              ; path without keys
        0043: 01 01 61                                        ; path "a"

        ; ordinal index
        0046: 03 00 02                                        ; directory indexes: packed, 4 values: base 0, width 2
        0049: 00 01 d2                                        ;   bits: as is, 1 byte

        ; directory block 0
        0052: 00 bf 02                                        ; buffer: as is, 319 bytes
                                                              ; entry of (storedAt)
        0055: db ec 4e 07 f4 df 4b c4                         ;   pathHash
        0063: 00 00 00 00 01 00 00 00 01 00 00 00 20 02 00 00 ;   pathOffset 0, pathLength 1, ordinal 1, type 32 (storedAt), flags 2, zero
        0079: 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ;   valueCount 2, rawBytes 0
        0095: 00 00 00 00 00 00 00 00 12 00 00 00 00 00 00 00 ;   metadataOffset 0, metadataLength 18, zero, checksum
        0111: 00 00 00 00 00 00 00 00
                                                              ; entry of (sequence)
        0119: db ec 4e 07 f4 df 4b c4                         ;   pathHash
        0127: 00 00 00 00 01 00 00 00 02 00 00 00 21 02 00 00 ;   pathOffset 0, pathLength 1, ordinal 2, type 33 (sequence), flags 2, zero
        0143: 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ;   valueCount 2, rawBytes 0
        0159: 12 00 00 00 00 00 00 00 0b 00 00 00 00 00 00 00 ;   metadataOffset 18, metadataLength 11, zero, checksum
        0175: 00 00 00 00 00 00 00 00
                                                              ; entry of (shape)
        0183: db ec 4e 07 f4 df 4b c4                         ;   pathHash
        0191: 00 00 00 00 01 00 00 00 00 00 00 00 22 02 00 00 ;   pathOffset 0, pathLength 1, ordinal 0, type 34 (shape), flags 2, zero
        0207: 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ;   valueCount 2, rawBytes 0
        0223: 1d 00 00 00 00 00 00 00 17 00 00 00 00 00 00 00 ;   metadataOffset 29, metadataLength 23, zero, checksum
        0239: 00 00 00 00 00 00 00 00
                                                              ; entry of a
        0247: 2b ed 16 8e 84 2a ad db                         ;   pathHash
        0255: 01 00 00 00 03 00 00 00 03 00 00 00 03 02 00 00 ;   pathOffset 1, pathLength 3, ordinal 3, type 3 (int64), flags 2, zero
        0271: 02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ;   valueCount 2, rawBytes 0
        0287: 34 00 00 00 00 00 00 00 0b 00 00 00 00 00 00 00 ;   metadataOffset 52, metadataLength 11, zero, checksum
        0303: 00 00 00 00 00 00 00 00
                                                              ; metadata of (storedAt)
        0311: 01                                              ;   pageCount 1
        0312: 41 02 00 01 00 0a                               ;   page 0: data page, presence everyRow, inline, 2 values, zones 0..<1, rawBytes 0, length 10
        0318: 00                                              ;   statisticsLength 0
                                                              ;   page 0, 2 values, presence everyRow, zones 0..<1
        0319: 01 80 80 d0 e2 c6 bf ce 97 2f                   ;     values: constant, 2 values: value 1700000000000000000
                                                              ; metadata of (sequence)
        0329: 01                                              ;   pageCount 1
        0330: 41 02 00 01 00 03                               ;   page 0: data page, presence everyRow, inline, 2 values, zones 0..<1, rawBytes 0, length 3
        0336: 00                                              ;   statisticsLength 0
                                                              ;   page 0, 2 values, presence everyRow, zones 0..<1
        0337: 02 02 02                                        ;     values: sequence, 2 values: first 1, step 1
                                                              ; metadata of (shape)
        0340: 02                                              ;   pageCount 2
        0341: 46 00 00 01 00 05                               ;   page 0: shape table, inline, 0 values, zones 0..<1, rawBytes 0, length 5
        0347: 41 02 00 01 00 04                               ;   page 1: data page, presence everyRow, inline, 2 values, zones 0..<1, rawBytes 0, length 4
        0353: 00                                              ;   statisticsLength 0
                                                              ;   page 0, shape table
        0354: 01                                              ;     shapes 1
        0355: 01 02                                           ;     lengths: constant, 1 value: value 1
        0357: 01 06                                           ;     steps: constant, 1 value: value 3
                                                              ;   page 1, 2 values, presence everyRow, zones 0..<1
        0359: 0e 00                                           ;     values: shared dictionary, 2 values: resource 0
        0361: 01 00                                           ;       codes: constant, 2 values: value 0
                                                              ; metadata of a
        0363: 01                                              ;   pageCount 1
        0364: 41 02 00 01 00 03                               ;   page 0: data page, presence everyRow, inline, 2 values, zones 0..<1, rawBytes 0, length 3
        0370: 00                                              ;   statisticsLength 0
                                                              ;   page 0, 2 values, presence everyRow, zones 0..<1
        0371: 02 0e 03                                        ;     values: sequence, 2 values: first 7, step -2

        ; root
        0374: 02 00 00 00 00 00 00 00 01 00 00 00 04 00 00 00 ; rowCount 2, zoneCount 1, columnCount 4
        0390: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ; minTimestamp 0, maxTimestamp 0
        0406: 00 00 2a 36 fe 9c 97 17 00 00 2a 36 fe 9c 97 17 ; minStoredAt 1700000000000000000, maxStoredAt 1700000000000000000
        0422: 01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 ; minSequence 1, maxSequence 2
        0438: 01 00 00 00 ff ff ff ff                         ; tier hot, flags 0, overflowBucketCount 0, timeColumn none
        0446: 10 00 00 00 00 00 00 00 18 00 00 00 4e 5e b9 d8 ; zone table: offset 16, length 24, checksum
        0462: 9a 17 08 17
        0466: 28 00 00 00 00 00 00 00 06 00 00 00 eb 07 7f 8c ; path heap: offset 40, length 6, checksum
        0482: a4 82 0d 1c
        0486: 2e 00 00 00 00 00 00 00 06 00 00 00 44 da 75 c6 ; ordinal index: offset 46, length 6, checksum
        0502: 7e e2 0c b5
        0506: 01 00 00 00 00 00 00 00 07 00 00 00             ; directoryBlockCount 1, filterCount 0, writerLength 7
        0518: db ec 4e 07 f4 df 4b c4 34 00 00 00 00 00 00 00 ; directory block 0: firstPathHash, offset 52, length 322, checksum
        0534: 42 01 00 00 f5 40 b3 bb e8 f3 6e 41
        0546: 65 78 61 6d 70 6c 65                            ; writer "example"

        ; trailer
        0553: 76 01 00 00 00 00 00 00 b3 00 00 00 00 00 00 00 ; rootOffset 374, rootLength 179, zero
        0569: 8d 81 0b 79 b3 06 6f 98                         ; rootChecksum
        0577: 69 02 00 00 00 00 00 00                         ; fileLength 617
        0585: 00 00 00 00 00 00 00 00                         ; incompatibleFeatures 0, compatibleFeatures 0
        0593: 01 00 01 00 00 00 00 00                         ; readVersion 1, writeVersion 1, zero
        0601: ae d4 8e 0a c4 9a 8d ca                         ; trailerChecksum
        0609: 54 52 56 53 45 47 31 0a                         ; "TRVSEG1\n"

        """#
}

// SPDX-License-Identifier: Apache-2.0

/// What a frame is: its first byte, a letter so that a trace of the calls can be read.
enum FrameType: UInt8 {
  case request = 0x71  // q
  case out = 0x6F  // o
  case err = 0x65  // e
  case progress = 0x70  // p
  case file = 0x66  // f
  case exit = 0x78  // x
}

/// The five bytes before a payload: the type and the payload's length.
struct FrameHeader: Hashable {
  static let byteCount = 5

  var type: UInt8
  var length: Int

  init(_ bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount, "a header is read whole")
    type = bytes[0]
    length = bytes[1...].reduce(0) { $0 << 8 | Int($1) }
  }
}

/// A header and its payload.
func frame(_ type: FrameType, _ payload: [UInt8]) -> [UInt8] {
  precondition(payload.count <= UInt32.max, "payloads have a limit far below")
  return [type.rawValue] + bigEndian(UInt32(payload.count)) + payload
}

func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  stride(from: Number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
}

// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import LocalSocket

@Suite("Frames of a reply") struct ReplyFrameTests {
  @Test("what is encoded is read back, and with a byte less or more it is not that", arguments: 0..<200)
  func roundTrip(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let frame = randomFrame(&random)
    let bytes = frame.encoded
    let header = FrameHeader(Array(bytes.prefix(5)))

    #expect(header.length == bytes.count - 5)
    let read = try #require(ReplyFrame(header.type, Array(bytes.dropFirst(5))))
    #expect(read == frame && read.encoded == bytes)
    #expect(ReplyFrame(header.type, Array(bytes.dropFirst(5)) + [0]) != frame)
  }

  @Test("any bytes are a frame or none", arguments: 0..<400)
  func garbage(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let payload = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    let type = "oepfxq?".utf8.randomElement(using: &random) ?? 0

    guard let frame = ReplyFrame(type, payload) else { return }
    #expect(frame.encoded == LocalSocket.frame(FrameType(rawValue: type) ?? .request, payload))
  }

  @Test(
    "a path out of the client's folder is never read",
    arguments: ["/etc/passwd", "..", "a/../../b", "", "a//b", "a/", "./a", "a\u{0}b", "a\u{1B}b"])
  func paths(path: String) {
    #expect(ReplyFrame(FrameType.file.rawValue, bigEndian(UInt16(path.utf8.count)) + Array(path.utf8)) == nil)
    #expect(throws: ReplyFault.pathLeadsElsewhere) {
      try ReplyWriter { _ in }.file(path: path, bytes: [])
    }
  }

  @Test("the parts of a text are the text, none too long and none cut in a character", arguments: 0..<200)
  func split(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let text = randomText(&random)
    let room = Int.random(in: 4...9, using: &random)

    let parts = parts(of: text, atMost: room)

    #expect(parts.flatMap { Array($0.utf8) } == Array(text.utf8))
    #expect(parts.allSatisfy { (1...room).contains($0.utf8.count) })
  }

  private func randomText(_ random: inout SplitMix64) -> String {
    let letters = ["a", "ø", "e\u{301}", "€", "🫐", "\n", "\u{0}"]
    return (0..<Int.random(in: 0...30, using: &random)).map { _ in
      letters.randomElement(using: &random) ?? ""
    }.joined()
  }

  private func randomFrame(_ random: inout SplitMix64) -> ReplyFrame {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: .out(randomText(&random))
    case 1: .err(randomText(&random))
    case 2: .progress(randomText(&random))
    case 3:
      .file(path: "a/b-\(random.next())", bytes: Array(randomText(&random).utf8))
    default: .exit(Int32(truncatingIfNeeded: random.next()))
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import SystemPackage

/// A connected socket, read and written within a time and never at the price of a signal.
struct Channel: Sendable {
  let descriptor: FileDescriptor

  /// Why bytes did not come or go.
  enum Fault: Error, Hashable {
    /// The other end is closed.
    case closed
    /// The time is over.
    case late
    case failed(Errno)
  }

  /// Reads a number of bytes, no fewer and no more; without a deadline it waits for as long as it takes.
  func receive(_ count: Int, until deadline: ContinuousClock.Instant?) throws(Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let room = min(count - bytes.count, 64 << 10)  // memory follows what came, not what was announced
      var result = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        result = unsafe recv(descriptor.rawValue, buffer.baseAddress, room, Int32(MSG_DONTWAIT))
        filled = max(result, 0)
      }
      if result < 0 {
        try pause(for: POLLIN, after: .current, until: deadline)
      } else if result == 0 {
        throw .closed
      }
      bytes += chunk
    }
    return bytes
  }

  /// Writes bytes, all of them.
  func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant?) throws(Fault) {
    var sent = 0
    while sent < bytes.count {
      let result = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[sent...])
        return unsafe Glibc.send(
          descriptor.rawValue, rest.baseAddress, rest.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
      }
      if result < 0 { try pause(for: POLLOUT, after: .current, until: deadline) } else { sent += result }
    }
  }

  /// Waits until a call that was refused may be tried again, if that is what the refusal means.
  private func pause(
    for event: Int32, after reason: Errno, until deadline: ContinuousClock.Instant?
  ) throws(Fault) {
    switch reason {
    case .interrupted: return
    case .resourceTemporarilyUnavailable:
      let isReady: Bool
      do throws(Errno) { isReady = try !ready([descriptor], for: event, until: deadline).isEmpty } catch {
        throw .failed(error)
      }
      if !isReady { throw .late }
    case .brokenPipe, .connectionReset: throw .closed
    default: throw .failed(reason)
    }
  }
}

/// Waits until one of some descriptors is ready or its other end closed; empty when the time is over.
func ready(
  _ descriptors: [FileDescriptor], for event: Int32 = POLLIN, until deadline: ContinuousClock.Instant?
) throws(Errno) -> [FileDescriptor] {
  var polled = descriptors.map { pollfd(fd: $0.rawValue, events: Int16(event), revents: 0) }
  while true {
    let rest = deadline.map { max(0, Int(($0 - .now) / .milliseconds(1))) }
    let count = unsafe poll(&polled, nfds_t(polled.count), rest.map { Int32(clamping: $0) } ?? -1)
    if count >= 0 { break }
    guard errno == EINTR else { throw .current }
  }
  return polled.filter { $0.revents != 0 }.map { FileDescriptor(rawValue: $0.fd) }
}

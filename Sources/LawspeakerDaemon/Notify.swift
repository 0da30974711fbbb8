// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Tells the service manager how the daemon is (`sd_notify(3)`): one datagram to the socket it named.
package struct Notify: Sendable {
  private let path: String?

  /// - Parameter path: The value of `NOTIFY_SOCKET`; nil if nobody wants to know.
  package init(path: String?) { self.path = path }

  /// Sends a state such as `READY=1` or `STOPPING=1`; a manager that does not listen is none of our business.
  package func send(_ state: String) {
    guard let path, let address = address(of: path) else { return }
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var target = address.address
    let message = Array(state.utf8)
    _ = unsafe withUnsafePointer(to: &target) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe message.withUnsafeBytes { bytes in
          unsafe sendto(
            descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL), pointer, address.length)
        }
      }
    }
  }

  /// A path, or an abstract name written with a leading `@`.
  private func address(of path: String) -> (address: sockaddr_un, length: socklen_t)? {
    var bytes = Array(path.utf8)
    var address = sockaddr_un()
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard let first = bytes.first, bytes.count < room else { return nil }
    guard first == UInt8(ascii: "/") || first == UInt8(ascii: "@") else { return nil }
    if first == UInt8(ascii: "@") { bytes[0] = 0 }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in unsafe target.copyBytes(from: bytes) }
    let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
    return (address, socklen_t(offset + bytes.count))
  }
}

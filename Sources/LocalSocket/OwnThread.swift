// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import SystemPackage

/// Does work on a thread of its own, which ends with the work.
///
/// Foundation's `Thread` does not say when the system has none to give, and a connection would wait for ever.
func onOwnThread(_ work: @escaping @Sendable () -> Void) throws(Errno) {
  let box = unsafe Unmanaged.passRetained(Work(work))
  var thread = pthread_t()
  let code = unsafe pthread_create(
    &thread, nil,
    { pointer in
      if let pointer = unsafe pointer { unsafe Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run() }
      return nil
    }, box.toOpaque())
  guard code == 0 else {
    unsafe box.release()
    throw Errno(rawValue: code)
  }
  pthread_detach(thread)
}

private final class Work: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import SystemPackage

/// A user of this machine, as its user database knows them.
package struct Account: Hashable, Sendable {
  /// The user's number.
  package var uid: UInt32
  /// The number of the primary group.
  package var gid: UInt32
  /// The name to log in with.
  package var name: String

  /// Looks a user up by number; nil if the database has none of that number.
  package init?(uid: UInt32) throws(AccountFault) {
    let account = try unsafe answer(to: .user(uid)) { buffer, room -> (Int32, Account?) in
      var entry = unsafe passwd()
      var found: UnsafeMutablePointer<passwd>?
      let code = unsafe getpwuid_r(uid, &entry, buffer, room, &found)
      guard unsafe found != nil else { return (code, nil) }
      return (code, unsafe Account(uid: uid, gid: entry.pw_gid, name: String(cString: entry.pw_name)))
    }
    guard let account else { return nil }
    self = account
  }

  private init(uid: UInt32, gid: UInt32, name: String) {
    self.uid = uid
    self.gid = gid
    self.name = name
  }

  /// The numbers of all groups of the user, the primary one among them.
  func groups() throws(AccountFault) -> [UInt32] {
    var groups: [UInt32] = []
    var count: Int32 = 64
    while count <= 1 << 16 {  // the kernel knows no more groups of a process (NGROUPS_MAX)
      groups = Array(repeating: 0, count: Int(count))
      let room = count
      if unsafe getgrouplist(name, gid, &groups, &count) >= 0 { return Array(groups.prefix(Int(count))) }
      count = max(count, room * 2)
    }
    throw AccountFault(.user(uid), .outOfRange)
  }
}

/// Who belongs to the groups of this machine.
package enum Groups {
  /// Tells whether a user belongs to a group, be it their primary one or another.
  ///
  /// - Throws: ``AccountFault``, if the databases cannot be asked, and if there is no such group: a name that is
  ///   misspelt must not look like a user who may not.
  package static func isMember(_ uid: UInt32, of group: String) throws(AccountFault) -> Bool {
    guard let gid = try number(of: group) else { throw AccountFault(.group(group), nil) }
    guard let account = try Account(uid: uid) else { return false }
    return try account.groups().contains(gid)
  }

  /// The number of a group; nil if there is none of that name.
  package static func number(of group: String) throws(AccountFault) -> UInt32? {
    try unsafe answer(to: .group(group)) { buffer, room in
      var entry = unsafe Glibc.group()
      var found: UnsafeMutablePointer<Glibc.group>?
      let code = unsafe getgrnam_r(group, &entry, buffer, room, &found)
      return (code, unsafe found == nil ? nil : entry.gr_gid)
    }
  }
}

/// The databases of users and groups did not answer, or know no such group.
package struct AccountFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whom they were asked about.
  package enum Subject: Hashable, Sendable {
    case user(UInt32)
    case group(String)
  }

  /// Whom they were asked about.
  package var subject: Subject
  /// The system's reason; nil if the answer was that there is no such group.
  package var reason: Errno?

  init(_ subject: Subject, _ reason: Errno?) {
    self.subject = subject
    self.reason = reason
  }

  /// One sentence, as for a log.
  package var description: String {
    let about =
      switch subject {
      case .user(let uid): "the user \(uid)"
      case .group(let name): "the group `\(name)`"
      }
    guard let reason else { return "\(about) does not exist on this machine" }
    return "\(about) cannot be looked up: \(reason.description)"
  }
}

/// Asks a database with a buffer that grows until the answer fits; nil if it knows nothing of it.
private func answer<Answer>(
  to subject: AccountFault.Subject, _ ask: (UnsafeMutablePointer<CChar>, Int) -> (Int32, Answer?)
) throws(AccountFault) -> Answer? {
  var room = 1 << 10
  while true {
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: room)
    defer { unsafe buffer.deallocate() }
    let (code, answer) = unsafe ask(buffer, room)
    switch code {
    case 0, ENOENT, ESRCH: return answer  // getpwuid_r(3): the given name or number was not found
    case EINTR: continue
    case ERANGE where room < 1 << 22: room *= 4
    default: throw AccountFault(subject, Errno(rawValue: code))
    }
  }
}

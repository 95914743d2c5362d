// Unsafe: objects are taken for what their type was found to be.

/// An object that a module made available, with its type.
struct ModuleService {
  let type: ObjectIdentifier
  let object: AnyObject
}

extension Server {
  /// The object that a module made available with `Registry.setService`.
  public func service<Service: AnyObject>(_ type: Service.Type) -> Service? {
    let type = ObjectIdentifier(type)
    // A handful: comparing them costs less than hashing.
    for index in services.value.indices where services.value[index].type == type {
      // The type was compared: to ask the object for its own takes longer than all else here.
      return unsafe unsafeDowncast(services.value[index].object, to: Service.self)
    }
    return nil
  }

  /// The same, made when it is asked for first.
  public func service<Service: AnyObject>(madeBy make: () -> Service) -> Service {
    if let service = service(Service.self) { return service }
    let service = make()
    setService(service)
    return service
  }

  /// Makes an object available by its type, in place of another one.
  func setService<Service: AnyObject>(_ service: Service) {
    let type = ObjectIdentifier(Service.self)
    services.value.removeAll { $0.type == type }
    services.value.append(ModuleService(type: type, object: service))
  }
}

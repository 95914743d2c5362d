extension Server {
  /// The object that a module made available with `Registry.setService`.
  public func service<Service: AnyObject>(_ type: Service.Type) -> Service? {
    lifecycle.services[ObjectIdentifier(type)] as? Service
  }
}

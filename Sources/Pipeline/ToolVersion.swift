/// The version of `divide`, as `--version` and the manifest say it.
package let toolVersion = "0.1.0"

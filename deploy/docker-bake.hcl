# The image for both processors: docker buildx bake -f deploy/docker-bake.hcl
variable "IMAGE" {
  default = "kasir:latest"
}

target "default" {
  context   = "."
  tags      = [IMAGE]
  platforms = ["linux/amd64", "linux/arm64"]
}

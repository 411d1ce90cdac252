variable "kubeconfig" {
  description = "Path of the kubeconfig of the cluster"
  type        = string
}

variable "context" {
  description = "Context in it; one a region"
  type        = string
}

variable "namespace" {
  description = "Made by kubectl apply -k k8s/base before"
  type        = string
  default     = "marquee"
}

variable "platform_version" {
  description = "The version of the image to run"
  type        = string
}

variable "values_files" {
  description = "Values of this region, later ones win"
  type        = list(string)
}

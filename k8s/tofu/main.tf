terraform {
  required_version = ">= 1.8.0"
  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = "~> 2.17"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 2.35"
    }
  }
}

provider "kubernetes" {
  config_path    = var.kubeconfig
  config_context = var.context
}

provider "helm" {
  kubernetes {
    config_path    = var.kubeconfig
    config_context = var.context
  }
}

# Secrets are made by whoever keeps them (External Secrets, Vault, by hand): the chart names them and makes none.
resource "helm_release" "marquee" {
  name      = "marquee"
  namespace = var.namespace
  chart     = "${path.module}/../../helm/platform"
  values    = [for file in var.values_files : file(file)]

  # Migrations fail the upgrade; the services of the version before go on.
  atomic          = false
  wait            = false
  cleanup_on_fail = false
  timeout         = 900

  set {
    name  = "version"
    value = var.platform_version
  }
}

print("traversion-store")

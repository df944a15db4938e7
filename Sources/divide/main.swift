print("divide")
